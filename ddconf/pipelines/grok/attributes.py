"""What a match stores: values put at their paths, empty things removed."""

from __future__ import annotations

from typing import Any

from ddconf.pipelines.attributes import merge
from ddconf.pipelines.grok.tree import Path


def store(attributes: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value, making the objects on the way; a second one at the same path makes a list."""
    append(inside(attributes, path[:-1]), path[-1], value)


def store_around(attributes: dict[str, Any], path: Path, value: Any) -> None:
    """Like `store`, for a path that others lead through: an object merges with what these have put there."""
    node, key = inside(attributes, path[:-1]), path[-1]
    if isinstance(value, dict) and isinstance(node.get(key), dict):
        merge(node[key], value)
    else:
        append(node, key, value)


def inside(node: dict[str, Any], path: Path) -> dict[str, Any]:
    """The object at a path, made where there is none."""
    for key in path:
        inner = node.get(key)
        if inner.__class__ is not dict:
            inner = node[key] = {}
        node = inner
    return node


def append(node: dict[str, Any], key: str, value: Any) -> None:
    """Set a key, or make a list of what is there and the value."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key] = [*node[key], value]
    else:
        node[key] = [node[key], value]


def split_key(key: str) -> Path:
    """A key with dots is a path, unless that gives an empty segment."""
    path = tuple(key.split("."))
    return path if all(path) else (key,)
