"""A plan as it is shown and saved: without the secrets that stand in definitions in clear.

A `${secret.NAME}` is not a secret. A saved plan does not hold what was veiled, so it cannot be applied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ddconf.document import JSON, Document, Path, copy, find, get, parse_path, put
from ddconf.kind import Kind
from ddconf.plans.change import Change, Plan
from ddconf.plans.matching import Kinds

_REFERENCE = re.compile(r"\$\{[^{}]*\}")
VEIL = "secret:" + "0" * 32
"""Has the form of a digest, and is none: nothing can be guessed from it."""


def redact(plan: Plan, kinds: Kinds) -> Plan:
    """The plan with a veil over every secret in clear; the same one where there is none."""
    changes = tuple(_veiled(change, kinds(change.address.kind)) for change in plan.changes)
    return replace(plan, changes=changes) if changes != plan.changes else plan


def is_veiled(change: Change, kind: Kind) -> bool:
    """Whether a secret of the change lies under a veil."""
    return any(get(change.desired, path) == VEIL for path in _places(change.desired, kind))


def _veiled(change: Change, kind: Kind) -> Change:
    clear = [path for path in _places(change.desired, kind) if _is_clear(get(change.desired, path))]
    if not clear:
        return change
    document: Document = copy(change.desired)
    for path in clear:
        put(document, path, VEIL)
    return replace(change, desired=document)


def _places(document: Document | None, kind: Kind) -> Iterator[Path]:
    document = document or {}
    return (path for secret in kind.hidden(document) for path in find(document, parse_path(secret)))


def _is_clear(value: JSON) -> bool:
    """Whether the value is there, and neither a reference nor made of a `${secret.NAME}`."""
    text = str(value)
    return (
        value not in (None, "", VEIL, [], {}) and not _REFERENCE.fullmatch(text) and "${secret." not in text
    )
