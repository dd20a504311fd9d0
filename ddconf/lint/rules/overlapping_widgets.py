"""Widgets that lie on one another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.layout import Box, boxes_of
from ddconf.lint.rules import rule


@rule("overlapping-widgets", Severity.WARNING)
def overlapping_widgets(facts: Facts) -> Iterator[Finding]:
    """Two widgets of a dashboard or of a group share cells of the grid, so Datadog moves one of them."""
    by_grid = sorted(boxes_of(facts), key=lambda box: (box.place.address, str(box.grid)))
    for _, found in groupby(by_grid, key=lambda box: (box.place.address, box.grid)):
        boxes = list(found)
        for index, box in enumerate(boxes):
            under = next((other for other in boxes[:index] if _overlap(box, other)), None)
            if under:
                yield Finding(
                    box.place, f"'{box.title}' lies on '{under.title}'", f"it ends at {_end(under)}"
                )


def _overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    below = one.y + one.height <= other.y or other.y + other.height <= one.y
    return not beside and not below


def _end(box: Box) -> str:
    return f"column {box.x + box.width}, row {box.y + box.height}"
