"""Random changes to JSON values and to texts: the hostile and the merely odd."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

from ddconf.document import Path, get, put

HOSTILE: tuple[Any, ...] = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    1e308,
    -0.0,
    2**70,
    "",
    " ",
    "x",
    "123",
    "null",
    "..",
    "a/b",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\u202e",
    "ünï\n\r\t",
    "${monitor.one}",
    "${monitor.nope}",
    "${var.x}",
    "${secret.X}",
    "${",
    "$${",
    "%{",
    "x" * 3000,
    [],
    {},
    [None],
    [[]],
    {"": {}},
    {"id": None},
    {"data": []},
    [{"id": 1}, {"id": 1}],
)
KEYS = ("id", "name", "type", "data", "errors", "", "x", "*", "a.b", "ddconf", "for_each", "moved")


def places(value: Any, at: Path = ()) -> list[Path]:
    """Every path of a value, its own first."""
    found = [at]
    if isinstance(value, dict):
        found += [path for key, item in value.items() for path in places(item, (*at, key))]
    elif isinstance(value, list):
        found += [path for index, item in enumerate(value) for path in places(item, (*at, index))]
    return found


def mutate(value: Any, chance: Random) -> Any:
    """A copy of the value with one to three nodes changed."""
    value = copy.deepcopy(value)
    for _ in range(chance.randint(1, 3)):
        path = chance.choice(places(value))
        if not path:
            value = chance.choice((value, value, chance.choice(HOSTILE)))
            continue
        parent, step = get(value, path[:-1]), path[-1]
        match chance.randrange(6):
            case 0:
                del parent[step]
            case 1 if isinstance(parent, dict):
                parent[chance.choice(KEYS)] = parent.pop(step)
            case 2 if isinstance(parent, list):
                parent.append(copy.deepcopy(parent[chance.randrange(len(parent))]))
            case 3:
                put(value, path, [parent[step]])
            case _:
                put(value, path, copy.deepcopy(chance.choice(HOSTILE)))
    return value


def whole(value: Any) -> Any:
    """The value as the client hands it on: without halves of surrogate pairs."""
    return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def garble(text: str, pieces: tuple[str, ...], chance: Random) -> str:
    """The text with some characters gone, doubled or replaced."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randint(0, len(text))
        end = min(len(text), start + chance.choice((0, 1, 1, 3, 20)))
        text = text[:start] + chance.choice(("", *pieces, text[start:end] * 2)) + text[end:]
    return text
