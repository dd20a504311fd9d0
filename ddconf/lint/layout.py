"""Where the widgets of ordered dashboards lie. https://docs.datadoghq.com/dashboards/#layout"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.document import Path, get
from ddconf.lint.dashboards import widgets_of
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Place

COLUMNS = 12


@dataclass(frozen=True, slots=True)
class Box:
    """The cells of one widget, counted from the corner of the `grid` that it lies in."""

    place: Place
    grid: Path
    title: str
    x: int
    y: int
    width: int
    height: int


def boxes_of(facts: Facts) -> Iterator[Box]:
    """The layouts of all widgets in ordered dashboards, in and outside of groups."""
    for address, document in facts.of_kind("dashboard"):
        if document.get("layout_type") != "ordered":
            continue
        for widget in widgets_of(Place(address), document):
            layout = widget.document.get("layout")
            sizes = [get(layout, (key,)) for key in ("x", "y", "width", "height")]
            if all(type(size) is int for size in sizes):
                yield Box(widget.place.below("layout"), widget.grid, widget.title, *sizes)
