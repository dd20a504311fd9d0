"""Colours of series, and those that conditional formats name; each can be read in light and dark."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ddconf.document import Document

SERIES = (
    "#3d8bfd",
    "#f08c2e",
    "#2ca678",
    "#e0528b",
    "#8b6cf6",
    "#18a8b8",
    "#c9a50f",
    "#e05243",
    "#6b8e23",
    "#9a7b5f",
    "#7287a5",
    "#b45fd1",
)
_COMPARATORS = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    "=": lambda a, b: a == b,
}


def series_color(index: int) -> str:
    return SERIES[index % len(SERIES)]


def palette_of(number: float | None, formats: Sequence[Document] | None) -> str | None:
    """The palette of the first format that holds for a number, as a class name: `white_on_red`."""
    for item in formats or ():
        holds = _COMPARATORS.get(str(item.get("comparator")))
        limit = _number(item.get("value"))
        if number is not None and holds and limit is not None and holds(number, limit):
            return re.sub(r"\W", "", str(item.get("palette", "")))
    return None


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
