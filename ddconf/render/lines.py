"""The lines that a change is shown in, before colours or markup: a symbol, a text, a level."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ddconf.document import JSON
from ddconf.render import values

_ARROW_WIDTH = 100
_NO_KEY = '""'


@dataclass(frozen=True, slots=True)
class Line:
    """`symbol` is one of + - ~ -/+ +/- = ! # or empty; `depth` counts levels of indentation."""

    symbol: str
    text: str
    depth: int = 0
    is_count: bool = False
    """Whether it only tells how much is not shown of this object, which says nothing of others."""


def whole(symbol: str, label: str, value: JSON, depth: int, remark: str = "") -> Iterator[Line]:
    """A value that comes or goes, under its label."""
    first, *rest = values.lines({"": value})
    yield Line(symbol, f"{label}{first.removeprefix(_NO_KEY)}{remark}", depth)
    yield from (Line(symbol, text, depth) for text in rest)


def folded(lines: Sequence[Line], most: int | None, place: str = "") -> Iterator[Line]:
    """The lines, or the first of them and how many more there are; `place` tells where to read them."""
    shown = len(lines) if most is None or len(lines) <= most else most - 1
    yield from lines[:shown]
    if hidden := len(lines) - shown:
        yield Line("#", f"({hidden} more lines{place})", lines[0].depth)


def replaced(label: str, before: JSON, after: JSON, depth: int, remark: str = "") -> Iterator[Line]:
    """`label: "old" -> "new"`, or one below the other where that is too long for a line."""
    old, new = values.quoted(before), values.quoted(after)
    if before == values.SENSITIVE == after:
        yield Line("~", f"{label}: {after}{remark}", depth)
    elif len(old) + len(new) <= _ARROW_WIDTH:
        yield Line("~", f"{label}: {old} -> {new}{remark}", depth)
    else:
        yield Line("~", f"{label}:{remark}", depth)
        yield Line("-", old, depth + 1)
        yield Line("+", new, depth + 1)
