"""Documents brought to the one form in which they are compared; never the form in which they are sent."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable

from ddconf.document import JSON, Document, Path, canonical
from ddconf.kind import Kind
from ddconf.plans.rules import ABSENT, Rules, compile_rules

DIGEST_START = b"secret:"
"""What the digest of a secret begins with, in the text of a state too."""
_DIGEST = re.compile(r"secret:[0-9a-f]{32}")
_USERINFO = re.compile(r"(?<=://)(?!secret:[0-9a-f]{32}@)[^/\s@?#:]*:[^/\s@?#]+(?=@)")
"""User and password in a URL: https://www.rfc-editor.org/rfc/rfc3986#section-3.2.1"""


def normalize(
    kind: Kind,
    document: Document,
    *,
    ignore: tuple[str, ...] = (),
    secret_paths: tuple[Path, ...] = (),
    key: bytes = b"",
) -> Document:
    """Without what the server owns, nulls, empty containers and defaults; sets sorted; 1.0 as 1.

    Secrets become digests under `key`, and so do user and password in URLs. Normalizing twice changes
    nothing more.
    """
    document = kind.canonical_form(document)
    rules = compile_rules(kind, ignore, secret_paths, kind.open_secrets(document))
    return _mapping(document, rules, key)


def is_digest(value: JSON) -> bool:
    """Whether the value stands for a secret."""
    return isinstance(value, str) and _DIGEST.fullmatch(value) is not None


def replace_userinfo(text: str, replacement: Callable[[str], str]) -> str:
    """The text with something else for user and password in its URLs, where they are in clear."""
    return _USERINFO.sub(lambda match: replacement(match[0]), text) if "://" in text else text


def _without_userinfo(text: str, key: bytes) -> str:
    return replace_userinfo(text, lambda userinfo: _digest(userinfo, key))


def _mapping(document: Document, rules: Rules | None, key: bytes) -> Document:
    kept: Document = {}
    for name, value in document.items():
        below = rules.below(name) if rules else None
        if below is None and type(value) is str:  # nearly all values are; a call for each would show
            kept[name] = _without_userinfo(value, key) if "://" in value else value
            continue
        if below is not None and below.dropped:
            continue
        value = _value(value, below, key)
        if value is None or value == {} or value == []:
            continue
        if below is not None and below.default is not ABSENT and _is_default(value, below, key):
            continue
        kept[name] = value
    return kept


def _value(value: JSON, rules: Rules | None, key: bytes) -> JSON:
    kind = type(value)
    if kind is dict:
        value = _mapping(value, rules, key)
    elif kind is list:
        value = _list(value, rules, key)
    elif kind is float and value.is_integer():
        value = int(value)
    elif kind is str and "://" in value and not (rules and rules.secret):
        value = _without_userinfo(value, key)
    return _digest(value, key) if rules and rules.secret and value not in (None, {}, []) else value


def _list(items: list[JSON], rules: Rules | None, key: bytes) -> list[JSON]:
    if rules is None:
        return [_value(item, None, key) for item in items]
    places = [(item, rules.below(index)) for index, item in enumerate(items)]
    kept = [_value(item, below, key) for item, below in places if below is None or not below.dropped]
    return sorted(kept, key=canonical) if rules.unordered else kept


def _is_default(value: JSON, rules: Rules, key: bytes) -> bool:
    default = _value(rules.default, rules, key)
    return bool(value == default) and canonical(value) == canonical(default)


def _digest(value: JSON, key: bytes) -> str:
    if is_digest(value):
        return str(value)
    return "secret:" + hmac.new(key, canonical(value).encode(), hashlib.sha256).hexdigest()[:32]


def strip(value: JSON, rules: Rules | None) -> JSON:
    """One value inside a document, normalized by the rules of its place."""
    return _value(value, rules, b"")
