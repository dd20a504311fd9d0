"""The plain style of YAML, read line by line: up to three times as quickly as from a parser's events.

Most definitions are written in it: a key or an item to a line, and its text plain, in quotes or as a block.
Whatever else a file holds, even a mistake, makes another style of all of it, which is left to the parser. So
nothing here decides what is right: what is read is what the parser makes of it, at the same places.
"""

from __future__ import annotations

import json
import re
from array import array
from functools import lru_cache
from typing import Any

from ddconf.definitions.yaml.positions import mark
from ddconf.definitions.yaml.scalars import plain
from ddconf.document import JSON

_DEEPEST = 20
"""Keys within keys; far fewer levels than the parser takes."""
_ODD = re.compile(r"[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_KEY = r"\w[\w.$/@-]{0,100}|\"[^\"\\]{1,100}\""
_START = r"[^\s!\"#%&'*,\-:<=>?@\[\]`{|}~]"
_PLAIN = rf"-?{_START}[^:#]*(?:(?:(?<=\S)#|:(?=\S))[^:#]*)*(?<!\s)"
_PAIR = r"(?:\w{1,40}|\"\w{1,40}\"): -?[0-9]{1,9}"
"""Of a mapping on one line, as the layout of a widget is written."""
_LINE = re.compile(
    rf"(?P<dashes>(?:- ){{0,3}})(?:(?P<key>{_KEY}):(?: |$))?"
    rf"(?:(?P<plain>{_PLAIN})|(?P<double>\"(?:[^\"\\]|\\[nt\"\\])*\")|'(?P<single>(?:[^']|'')*)'"
    rf"|(?P<empty>\[\]|\{{\}})|(?P<flow>\{{{_PAIR}(?:, {_PAIR})*\}})|(?P<block>\|[-+]?))?"
)
_BELOW = object()
"""Stands for a value that begins on the next line."""
_Line = tuple[int, str | None, Any, str]
"""Of a line: its dashes, its key, its value, and how the value is made if it is a container or a block.

The value of a mapping on one line is the columns of its keys, and the mapping.
"""


class _Other(Exception):
    """The text is of another style."""


def read(text: str) -> tuple[JSON, array[int]] | None:
    """The value of a text and its marks, see positions.py; None for a text of any other style."""
    if not text.endswith("\n"):
        return None
    try:
        return _read(text.split("\n"))
    except (_Other, IndexError, ValueError):  # an indentation of no level, a number that JSON lacks
        return None


def _read(lines: list[str]) -> tuple[JSON, array[int]]:
    root: dict[str, JSON] = {}
    top: Any = root
    in_list, indent, levels = False, 0, []
    waiting: str | None = None
    marks: list[int] = []
    number, last = -1, len(lines)
    while (number := number + 1) < last:
        text = lines[number].lstrip(" ")
        if not text or (line := _line(text)) is None:
            continue
        dashes, key, value, made = line
        start = at = len(lines[number]) - len(text)
        place = mark(number, 0)
        if waiting is not None:
            if at > indent or (at == indent and dashes):
                levels.append((top, in_list, indent))
                below: Any = [] if dashes else {}
                top[waiting] = below
                top, in_list, indent = below, dashes > 0, at
            else:
                top[waiting] = None
            waiting = None
        elif not marks:
            marks.append(place + at)
        while at < indent or in_list is not (dashes > 0):
            top, in_list, indent = levels.pop()
        if at != indent or len(levels) > _DEEPEST:
            raise _Other
        while dashes:
            at, dashes = at + 2, dashes - 1
            marks.append(place + at)
            if dashes or key is not None:
                levels.append((top, in_list, indent))
                top.append(below := [] if dashes else {})
                top, in_list, indent = below, dashes > 0, at
        columns: tuple[int, ...] = ()
        if made == "copy":
            value = value.copy()
        elif made == "flow":
            columns, value = value[0], value[1].copy()
        elif made:
            value, number = _block(lines, number + 1, indent, made)
        if key is None:
            top.append(value)
            marks.extend([place + start + column for column in columns])
            continue
        if key in top:
            raise _Other
        marks.append(place + at)
        marks.extend([place + start + column for column in columns])
        if value is _BELOW:
            waiting = key
        else:
            top[key] = value
    if waiting is not None:
        top[waiting] = None
    if not marks:
        raise _Other
    return root, array("Q", marks)


@lru_cache(1 << 15)
def _line(text: str) -> _Line | None:
    """What a line says, but for its indentation; None for a comment. Lines repeat, also between files."""
    if _ODD.search(text):
        raise _Other
    if text[0] == "#":
        return None
    match = _LINE.fullmatch(text)
    if match is None or match.lastgroup in (None, "dashes"):
        raise _Other
    dashes, key, kind = len(match["dashes"]) // 2, match["key"], match.lastgroup
    if key is None and not dashes:
        raise _Other
    if key and key[0] == '"':
        key = key[1:-1]
    if kind == "key":
        return dashes, key, _BELOW, ""
    if kind == "plain":
        return dashes, key, plain(match["plain"]), ""
    if kind == "single":
        return dashes, key, match["single"].replace("''", "'"), ""
    if kind == "flow":
        return dashes, key, _flow(match["flow"], match.start("flow")), "flow"
    if kind == "block":
        return dashes, key, None, match["block"]
    return dashes, key, json.loads(match[kind]), "copy" if kind == "empty" else ""


def _flow(text: str, start: int) -> tuple[tuple[int, ...], dict[str, JSON]]:
    """The columns of the keys of a mapping on one line, which begins at `start`, and the mapping."""
    columns, value, at = [], {}, start + 1
    for pair in text[1:-1].split(", "):
        key, number = pair.split(": ")
        key = key.strip('"')
        if key in value:
            raise _Other
        columns.append(at)
        value[key] = plain(number)
        at += len(pair) + 2
    return tuple(columns), value


def _block(lines: list[str], number: int, indent: int, chomp: str) -> tuple[str, int]:
    """The text of the block that begins with a line, by its number, and the number of its last line."""
    depth = len(lines[number]) - len(lines[number].lstrip(" "))
    end = number
    while end < len(lines) - 1 and (not lines[end] or lines[end].startswith(" " * depth)):
        end += 1
    after = lines[end].lstrip(" ")
    if depth <= indent or not lines[number].strip(" ") or (lines[end] and not after):
        raise _Other
    if len(lines[end]) - len(after) > indent:
        raise _Other
    body = [line[depth:] for line in lines[number:end]]
    text = "\n".join(body).rstrip("\n")
    if _ODD.search(text.replace("\n", "")):
        raise _Other
    blank = 0
    while not body[-1 - blank]:
        blank += 1
    return text + {"|-": "", "|": "\n", "|+": "\n" * (blank + 1)}[chomp], end - 1
