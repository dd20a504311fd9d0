"""A live document as a person would write it: the way from the organisation to the definitions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import Any

from ddconf.address import Address
from ddconf.datadog import schema
from ddconf.document import Document, copy, drop, find, get, parse_path, put
from ddconf.kind import Kind, Live, kind_names

Ids = Mapping[tuple[str, str], Address]
"""(kind, id) -> address of every object that may be referred to."""
UNKNOWN: Ids = {}
_ID = re.compile(r"[\w-]+")
_SHORTEST_ID = 6
"""Shorter words of a text are taken for what they are: thresholds, names of functions."""


def present(kind: Kind, document: Document, ids: Ids) -> Document:
    """Without what the server owns or fills in, with references for ids; unknown fields stay.

    What names the object comes first, the rest in the order of the answer.
    """
    shown = _own(kind, document)
    for pattern, value in kind.defaults.items():
        for path in list(find(shown, parse_path(pattern))):
            if get(shown, path) == value and type(get(shown, path)) is type(value):
                drop(shown, path)
    required = schema.required(kind)
    shown = _escaped(_without_nulls(shown))
    shown = {key: value for key, value in shown.items() if value not in ({}, []) or key in required}
    for pattern, target in kind.references.items():
        for path in list(find(shown, parse_path(pattern))):
            value = get(shown, path)
            if (address := ids.get((target, str(value)))) is not None:
                put(shown, path, f"${{{address}}}")
            elif isinstance(value, str):
                put(shown, path, _within(value, ids))
    return {key: shown[key] for key in (*kind.key, *shown) if key in shown}


def _within(text: str, ids: Ids) -> str:
    """A text with references for the ids in it, as queries of composite monitors and SLO alerts have."""

    def written(match: re.Match[str]) -> str:
        found = (ids.get((name, match[0])) for name in kind_names() if len(match[0]) >= _SHORTEST_ID)
        address = next(filter(None, found), None)
        return f"${{{address}}}" if address else match[0]

    return _ID.sub(written, text)


def _own(kind: Kind, document: Document) -> Document:
    """Without the server's own fields; what names an id among them is written in its tidy form instead."""
    own_id = () if kind.id in kind.key or not kind.id else (kind.id,)
    patterns = [parse_path(pattern) for pattern in (*kind.read_only, *kind.secrets, *own_id)]

    def without(value: Document) -> Document:
        found: Document = copy(value)
        for pattern in patterns:
            drop(found, pattern)
        return found

    shown = without(document)
    left, whole = kind.tidied(shown), without(kind.tidied(document))
    return shown | {key: value for key, value in whole.items() if left.get(key) != value}


def _escaped(value: Any) -> Any:
    """`${` in live text is text, so it is written `$${`."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _without_nulls(value: Any) -> Any:
    """Without the nulls of mappings, which mean the same as nothing."""
    if isinstance(value, dict):
        return {key: _without_nulls(item) for key, item in value.items() if item is not None}
    return [_without_nulls(item) for item in value] if isinstance(value, list) else value


def name_for(kind: Kind, item: Live, ids: Ids = UNKNOWN) -> str:
    """A name from the natural key: `CPU is high on {{host}}` -> `cpu_is_high_on_host`.

    Where the key holds the id of another object, that one's name stands for it.
    """
    values = [(kind.references.get(path, ""), get(item.document, parse_path(path), "")) for path in kind.key]
    known = [(ids.get((target, str(value))), value) for target, value in values]
    words = [address.name if address else str(value) for address, value in known]
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:60].strip("_") or (
        "main" if not kind.key else f"{kind.name}_{re.sub(r'[^a-z0-9]+', '', item.id.lower())}"
    )


def addresses_for(kind: Kind, items: list[Live], ids: Ids, used: Collection[str] = ()) -> dict[str, Address]:
    """An address for each object by its id: the one it has, or a new one made unique in the order of ids.

    `ids` are the addresses of all that is known, `used` other names that are gone.
    """
    taken = {id_: address for (owner, id_), address in ids.items() if owner == kind.name}
    names = {*used, *(address.name for address in taken.values())}
    result: dict[str, Address] = {}
    for item in sorted(items, key=lambda item: (name_for(kind, item, ids), item.id)):
        if item.id in taken:
            result[item.id] = taken[item.id]
            continue
        wanted = name = name_for(kind, item, ids)
        number = 2
        while name in names:
            name, number = f"{wanted}_{number}", number + 1
        names.add(name)
        result[item.id] = Address(kind.name, name)
    return result
