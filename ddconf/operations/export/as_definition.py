"""A live document as a person would write it: the way from the organisation to the definitions."""

from __future__ import annotations

import marshal
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache

from ddconf.datadog.schema import schema
from ddconf.document import JSON, Document, Path, copy, find, get, parse_path, put
from ddconf.kind import NONE, Kind
from ddconf.operations.export.key_order import mapping_in_order
from ddconf.operations.export.links import page_starts, with_links
from ddconf.operations.export.names import handle_starts
from ddconf.plans.rules import ABSENT, Rules, compile_rules
from ddconf.plans.three_way import same

_ID = re.compile(r"[\w-]+")
_LOGIC = re.compile(r"[\d\s&|!()]+")
_HANDLE = re.compile(r"(?<![\w.@-])@[\w.-]*\w")
Called = Mapping[tuple[str, str], object]
"""As `naming.Ids`: (kind, id) -> what is written for that id, or anything of which that is the text."""
_EXACT = 2**53
_SHORTEST_ID = 6
"""Shorter words of a text are taken for what they are: thresholds, names of functions."""


def present(kind: Kind, document: Document, ids: Called, handles: Mapping[str, str] = NONE) -> Document:
    """Without what the server owns, fills in or works out, with references for ids and handles.

    Unknown fields stay. An empty list or mapping goes where it means the same as nothing, also to Datadog.
    What names the object comes first, the rest in the order of `key_order`.
    """
    required = schema.required(kind)
    shown = {
        key: value for key, value in _own(kind, document).items() if value not in ({}, []) or key in required
    }
    packed = marshal.dumps(shown)
    for pattern, leaf, targets in _patterns(kind.targets):
        for path in find(shown, pattern) if leaf in packed else ():
            put(shown, path, _referring(get(shown, path), targets, ids, handles))
    if handles and handle_starts().search(packed):
        shown = _with_handles(shown, handles)
    if page_starts().search(packed):
        own = get(document, parse_path(kind.id)) if kind.id else ""
        shown = {key: with_links(value, kind, str(own), ids) for key, value in shown.items()}
    ordered = mapping_in_order(shown)
    return {key: ordered[key] for key in (*kind.key, *ordered) if key in ordered}


def without_foreign_items(kind: Kind, document: Document, ids: Called) -> Document | None:
    """The document with only known items in the lists that others add to; None where there are none."""
    if not kind.shared_lists:
        return document
    targets = {pattern[:-1]: found for pattern, _, found in _patterns(kind.targets)}
    shared = [path for path in map(parse_path, kind.shared_lists) if path in targets]
    if not shared:
        return document
    shown: Document = copy(document)
    for path in shared:
        known = [
            item for item in get(shown, path) or () if any((one, str(item)) in ids for one in targets[path])
        ]
        put(shown, path, known)
    return shown if any(get(shown, path) for path in shared) else None


@cache
def _patterns(targets: tuple[tuple[str, tuple[str, ...]], ...]) -> list[tuple[Path, bytes, tuple[str, ...]]]:
    """Each pattern with a key that must stand in a packed document for it to match."""
    paths = [(parse_path(pattern), kinds) for pattern, kinds in targets]
    return [(path, str([step for step in path if step != "*"][-1]).encode(), kinds) for path, kinds in paths]


def _referring(value: JSON, targets: Collection[str], ids: Called, handles: Mapping[str, str]) -> JSON:
    """What is written where ids of these kinds stand."""
    for target in targets:
        if (named := ids.get((target, str(value)))) is not None:
            return f"${{{named}}}"
    if not isinstance(value, str):
        return value
    if (handle := handles.get(f"@{value}")) is not None:  # lists of recipients leave the sign away
        return handle.removeprefix("@")
    return _within(value, targets, ids)


def _within(text: str, targets: Collection[str], ids: Called) -> str:
    """A text with references for the ids in it, as queries of composite monitors and SLO alerts have.

    A number is one only where the text says nothing else: `123456 && !234567`, not `count > 123456`.
    """
    numbers = _LOGIC.fullmatch(text) is not None

    def written(match: re.Match[str]) -> str:
        word = match[0]
        if len(word) < _SHORTEST_ID or (word.isdecimal() and not numbers):
            return word
        named = next(filter(None, (ids.get((target, word)) for target in targets)), None)
        return f"${{{named}}}" if named else word

    return _ID.sub(written, text)


def _with_handles(value: JSON, handles: Mapping[str, str]) -> JSON:
    if isinstance(value, str):
        return _HANDLE.sub(lambda match: handles.get(match[0], match[0]), value) if "@" in value else value
    if isinstance(value, dict):
        return {key: _with_handles(item, handles) for key, item in value.items()}
    return [_with_handles(item, handles) for item in value] if isinstance(value, list) else value


def _own(kind: Kind, document: Document) -> Document:
    """Without the server's own fields; what names an id among them is written in its tidy form instead."""
    shown_secrets = (*kind.open_secrets(document), *kind.sensitive)
    rules = compile_rules(kind, kind.unexported, open_secrets=shown_secrets)
    optional = schema.optional(kind.name)
    shown = _mapping(document, rules, optional)
    canonical_form = kind.canonical_form(document)
    if canonical_form is not document:
        left = kind.canonical_form(shown)
        touched = {key: value for key, value in canonical_form.items() if value is not document.get(key)}
        whole = _mapping(touched, rules, optional)
        shown |= {key: value for key, value in whole.items() if left.get(key) != value}
        repeated = set(_repeated(kind, canonical_form))
        shown = {key: value for key, value in shown.items() if key not in repeated}
    return shown


def _repeated(kind: Kind, canonical_form: Document) -> Iterator[str]:
    """Fields that only say again what one beside them says, such as the main target of an SLO.

    Where the canonical form keeps one of them, they may mean another than what Datadog would choose.
    """
    for group in kind.together:
        optional = [key for key in group if key not in schema.required(kind)]
        if not any(key in canonical_form for key in optional):
            yield from optional


def _mapping(document: Document, rules: Rules | None, optional: Collection[str]) -> Document:
    """Without what the rules drop, defaults, nulls and optional empty containers, which mean nothing."""
    kept: Document = {}
    for key, value in document.items():
        if value is None:
            continue
        below = rules.below(key) if rules else None
        if below is not None and (below.dropped or below.secret or _is_default(value, below)):
            continue
        value = _value(value, below, optional)
        if (value == [] or value == {}) and key in optional:
            continue
        kept[key] = value
    return kept


def _is_default(value: JSON, rules: Rules) -> bool:
    return rules.default is not ABSENT and same(value, rules.default)


def _value(value: JSON, rules: Rules | None, optional: Collection[str]) -> JSON:
    """`${` in live text is text, so it is written `$${`."""
    kind = type(value)
    if kind is str:
        return value.replace("${", "$${") if "${" in value else value
    if kind is dict:
        return _mapping(value, rules, optional)
    if kind is list:
        return _list(value, rules, optional)
    if kind is float and value.is_integer() and abs(value) < _EXACT:
        return int(value)  # Datadog answers 95.0 where 95 was written
    return value


def _list(items: list[JSON], rules: Rules | None, optional: Collection[str]) -> list[JSON]:
    if rules is None:
        return [_value(item, None, optional) for item in items]
    places = [(item, rules.below(index)) for index, item in enumerate(items)]
    return [
        _value(item, below, optional)
        for item, below in places
        if below is None or not (below.dropped or below.secret)
    ]
