"""A plan as it is shown and saved: without the secrets that stand in definitions in clear.

A `${secret.NAME}` is not a secret. A saved plan does not hold what was veiled, so it cannot be applied.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ddconf.document import JSON, Document, canonical, copy, find, get, parse_path, put
from ddconf.kind import Kind
from ddconf.plans.change import Change, Plan
from ddconf.plans.matching import Kinds
from ddconf.plans.normalize import replace_userinfo

_REFERENCE = re.compile(r"\$\{[^{}]*\}")
VEIL = "secret:" + "0" * 32
"""Has the form of a digest, and is none: nothing can be guessed from it."""


def redact(plan: Plan, kinds: Kinds, *, saved: bool = False) -> Plan:
    """The plan with a veil over every secret in clear; the same one where there is none.

    A plan that is `saved` keeps what is only sensitive, as its definitions do: it is to be applied.
    """
    changes = tuple(_veiled(change, kinds(change.address.kind), saved) for change in plan.changes)
    return replace(plan, changes=changes) if changes != plan.changes else plan


def is_veiled(change: Change) -> bool:
    """Whether a secret of the change lies under a veil."""
    return VEIL in canonical(change.desired)


def _veiled(change: Change, kind: Kind, saved: bool) -> Change:
    desired = change.desired or {}
    secrets = (*kind.hidden(desired), *(() if saved else kind.sensitive))
    paths = [path for secret in secrets for path in find(desired, parse_path(secret))]
    clear = [path for path in paths if _is_clear(get(desired, path))]
    document: Document = _without_userinfo(desired)
    if not clear and document == desired:
        return change
    document = copy(document)
    for path in clear:
        put(document, path, VEIL)
    return replace(change, desired=document)


def _without_userinfo(value: JSON) -> JSON:
    if isinstance(value, dict):
        return {key: _without_userinfo(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_userinfo(item) for item in value]
    if not isinstance(value, str):
        return value
    return replace_userinfo(value, lambda userinfo: VEIL if "${secret." not in userinfo else userinfo)


def _is_clear(value: JSON) -> bool:
    """Whether the value is there, and neither a reference nor made of a `${secret.NAME}`."""
    text = str(value)
    return (
        value not in (None, "", VEIL, [], {}) and not _REFERENCE.fullmatch(text) and "${secret." not in text
    )
