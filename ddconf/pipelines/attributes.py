"""Paths into a log's attributes: finding, writing and removing values, and the text form of a value.

A path is segments separated by dots. A segment of digits is an index into a list; a path through a list of
objects gathers the values of all its elements; a key that itself has dots is found as that part of the path.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Final, Literal

from ddconf.document import JSON, copy

Segments = tuple[str, ...]


class Absent(Enum):
    """The one value that stands for no value, since null is a JSON value."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT: Final[Literal[Absent.ABSENT]] = Absent.ABSENT


@lru_cache(maxsize=8192)
def split(path: str) -> Segments:
    """`http.url_details` -> ("http", "url_details")."""
    return tuple(path.split("."))


def find(node: JSON, path: Segments) -> JSON:
    """The value at the path, or ABSENT."""
    inner = node
    for key in path:  # most paths lead through objects alone
        if inner.__class__ is not dict or (inner := inner.get(key, ABSENT)) is ABSENT:
            return _find_odd(node, path)
    return inner


def _find_odd(node: JSON, path: Segments) -> JSON:
    """Like `find`, through lists and keys with dots as well."""
    if not path:
        return node
    if isinstance(node, dict):
        if path[0] in node and (found := find(node[path[0]], path[1:])) is not ABSENT:
            return found
        for key, below in _dotted(node, path):
            if (found := find(node[key], below)) is not ABSENT:
                return found
        return ABSENT
    if isinstance(node, list):
        index = _index(path[0], node)
        return find(node[index], path[1:]) if index is not None else _gather(node, path)
    return ABSENT


def _dotted(node: dict[str, JSON], path: Segments) -> Iterator[tuple[str, Segments]]:
    """The keys with dots that the path begins with, each with the rest of the path."""
    for end in range(2, len(path) + 1):
        if (key := ".".join(path[:end])) in node:
            yield key, path[end:]


def has_key_within(node: dict[str, JSON], key: str) -> bool:
    """Whether a key with dots begins with this one: a path through `key` could lead there."""
    prefix = f"{key}."
    return any(other.startswith(prefix) for other in node)


def _gather(items: list[JSON], path: Segments) -> JSON:
    found: list[JSON] = []
    for item in items:
        value = find(item, path) if isinstance(item, dict) else ABSENT
        if isinstance(value, list):
            found.extend(value)
        elif value is not ABSENT:
            found.append(value)
    return found or ABSENT


def put(node: JSON, path: Segments, value: JSON) -> JSON:
    """Set the value at the path and return the node, a new one where the old had no room for the path."""
    inner = node
    for key in path[:-1]:  # most paths lead through objects alone
        inner = inner.get(key) if inner.__class__ is dict else None
    if path and inner.__class__ is dict:
        inner[path[-1]] = value
        return node
    return _put_odd(node, path, value)


def _put_odd(node: JSON, path: Segments, value: JSON) -> JSON:
    """Like `put`, where something on the way is missing, a list, or a key with dots."""
    if not path:
        return value
    if isinstance(node, list):
        index = _index(path[0], node)
        if index is not None:
            node[index] = put(node[index], path[1:], value)
            return node
        if objects := [item for item in node if isinstance(item, dict)]:
            for item in objects:
                put(item, path, copy(value))
            return node
    if not isinstance(node, dict):
        node = {}
    key, below = path[0], path[1:]
    if key not in node:
        key, below = next(_dotted(node, path), (key, below))
    node[key] = put(node.get(key), below, value)
    return node


def merge(target: dict[str, JSON], other: JSON) -> None:
    """Objects merge with objects, any other value replaces; the root takes objects only."""
    if not isinstance(other, dict):
        return
    for key, value in other.items():
        mine = target.get(key)
        if isinstance(mine, dict) and isinstance(value, dict):
            merge(mine, value)
        else:
            target[key] = value


def without_empty(value: JSON) -> JSON:
    """The value without nulls, empty objects and empty lists, deep inside too; None if nothing is left of it.

    A list keeps its nulls, since they hold a place.
    """
    if isinstance(value, dict):
        kept = {key: rest for key, item in value.items() if (rest := without_empty(item)) is not None}
        return kept or None
    if isinstance(value, list):
        return [rest for item in value if (rest := without_empty(item)) is not None or item is None] or None
    return value


def drop(node: JSON, path: Segments) -> bool:
    """Remove the value at the path and objects above it that became empty; says whether there was one."""
    if isinstance(node, list):
        index = _index(path[0], node)
        if index is None:
            dropped = [drop(item, path) for item in node if isinstance(item, dict)]
            return any(dropped)
        if len(path) > 1:
            return drop(node[index], path[1:])
        del node[index]
        return True
    if not isinstance(node, dict):
        return False
    for key, below in ((path[0], path[1:]), *_dotted(node, path)):
        if below and key in node and drop(node[key], below):
            if node[key] == {}:
                del node[key]
            return True
    return node.pop(".".join(path), ABSENT) is not ABSENT


def _index(segment: str, items: list[JSON]) -> int | None:
    """The list index that a segment of digits means; None when it is none, or beyond the list."""
    if not (segment.isascii() and segment.isdigit()) or len(segment) > 9:
        return None
    index = int(segment)
    return index if index < len(items) else None


def values(value: JSON) -> Iterator[JSON]:
    """A list's elements, or the value itself; nothing for null and for no value."""
    if isinstance(value, list):
        for item in value:
            yield from values(item)
    elif value is not ABSENT and value is not None:
        yield value


def text_of(value: JSON) -> str:
    """The text form that Datadog compares and prints: `true`, `3`, `1.5E7`, `[a, b]`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _double(value)
    if isinstance(value, list):
        return f"[{', '.join(text_of(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}={text_of(item)}' for key, item in value.items())}}}"
    return "null" if value is None else str(value)


def _double(value: float) -> str:
    """A double as Java prints it: decimals from 0.001 up to ten million, otherwise a power of ten."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value).replace("inf", "Infinity").replace("nan", "NaN")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    shortest = Decimal(repr(value))  # its power of ten; that of the exact value may be one less
    digits = "".join(map(str, shortest.as_tuple().digits)).strip("0") or "0"
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[0]}.{digits[1:] or '0'}E{shortest.adjusted()}"
