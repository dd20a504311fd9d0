"""A live document as a person would write it: the way from the organisation to the definitions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping

from ddconf.address import Address
from ddconf.document import JSON, Document, copy, drop, find, get, parse_path, put
from ddconf.kind import Kind, Live

Ids = Mapping[tuple[str, str], Address]
"""(kind, id) -> address of every object that may be referred to."""


def present(kind: Kind, document: Document, ids: Ids) -> Document:
    """Without what the server owns or fills in, with references for ids; unknown fields stay."""
    shown = copy(document)
    for pattern in (*kind.read_only, *kind.secrets, *(() if kind.id in kind.key else (kind.id,))):
        drop(shown, parse_path(pattern))
    for pattern, value in kind.defaults.items():
        for path in list(find(shown, parse_path(pattern))):
            if get(shown, path) == value and type(get(shown, path)) is type(value):
                drop(shown, path)
    shown = _without_empty(_escaped(shown))
    for pattern, target in kind.references.items():
        for path in list(find(shown, parse_path(pattern))):
            address = ids.get((target, str(get(shown, path))))
            if address is not None:
                put(shown, path, f"${{{address}}}")
    return shown if isinstance(shown, dict) else {}


def _escaped(value: JSON) -> JSON:
    """`${` in live text is text, so it is written `$${`."""
    if isinstance(value, str):
        return value.replace("${", "$${")
    if isinstance(value, dict):
        return {key: _escaped(item) for key, item in value.items()}
    return [_escaped(item) for item in value] if isinstance(value, list) else value


def _without_empty(value: JSON) -> JSON:
    """Without nulls and empty containers of mappings, which mean the same as nothing."""
    if isinstance(value, dict):
        inner = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in inner.items() if item is not None and item not in ({}, [])}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def name_for(kind: Kind, item: Live) -> str:
    """A name from the natural key: `CPU is high on {{host}}` -> `cpu_is_high_on_host`."""
    words = [str(get(item.document, parse_path(path), "")) for path in kind.key]
    text = unicodedata.normalize("NFKD", " ".join(words)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:60].strip("_") or (
        "main" if not kind.key else f"{kind.name}_{re.sub(r'[^a-z0-9]+', '', item.id.lower())}"
    )


def addresses_for(
    kind: Kind, items: list[Live], taken: Mapping[str, Address], used: Collection[str] = ()
) -> dict[str, Address]:
    """An address for each object by its id: the one it has, or a new one made unique in the order of ids.

    `taken` are addresses by id, `used` other names that are gone.
    """
    names = {*used, *(address.name for address in taken.values())}
    result: dict[str, Address] = {}
    for item in sorted(items, key=lambda item: (name_for(kind, item), item.id)):
        if item.id in taken:
            result[item.id] = taken[item.id]
            continue
        wanted = name = name_for(kind, item)
        number = 2
        while name in names:
            name, number = f"{wanted}_{number}", number + 1
        names.add(name)
        result[item.id] = Address(kind.name, name)
    return result
