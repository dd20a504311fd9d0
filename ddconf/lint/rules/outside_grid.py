"""Widgets that reach beyond the twelve columns of a dashboard."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.layout import COLUMNS, boxes_of
from ddconf.lint.rules import rule


@rule("outside-grid", Severity.ERROR)
def outside_grid(facts: Facts) -> Iterator[Finding]:
    """A widget lies outside of the twelve columns, or has no size."""
    for box in boxes_of(facts):
        if box.width < 1 or box.height < 1:
            yield Finding(box.place, f"'{box.title}' has no size", "width and height are at least 1")
        elif box.x < 0 or box.y < 0 or box.x + box.width > COLUMNS:
            columns = f"columns {box.x} to {box.x + box.width}" if box.y >= 0 else f"row {box.y}"
            yield Finding(box.place, f"'{box.title}' lies outside of the grid: {columns} of 0 to {COLUMNS}")
