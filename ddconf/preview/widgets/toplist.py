"""Ranked groups, each with a bar of its share of the largest; a map of countries is shown the same way."""

from __future__ import annotations

from ddconf.analytics.ranking import RankedGroup, ranked
from ddconf.analytics.request import Column, scalar
from ddconf.document import Document
from ddconf.preview.colors import palette_of
from ddconf.preview.numbers import Unit, exact, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join


@widget("toplist")
def toplist(definition: Document, sources: Sources, _size: Size) -> Html:
    return join(*(_ranking(request, sources) for request in definition.get("requests") or []))


@widget("geomap")
def geomap(definition: Document, sources: Sources, _size: Size) -> Html:
    """The countries of a map in a list: shapes of countries would have to be fetched."""
    return join(*(_ranking(request, sources) for request in definition.get("requests") or []))


def _ranking(request: Document, sources: Sources) -> Html:
    columns = scalar(request, sources.store)
    rows = ranked(columns, request.get("sort"))
    if not rows:
        return element("p", "No logs with a value of this", class_="empty")
    largest = max((abs(row.numbers[0]) for row in rows if row.numbers[0] is not None), default=0)
    unit = sources.unit(columns[0])
    drawn = (_row(row, columns[0], largest, request, unit) for row in rows)
    return element("ol", *drawn, class_="toplist")


def _row(row: RankedGroup, column: Column, largest: float, request: Document, unit: Unit) -> Html:
    number = row.numbers[0]
    formats = column.style.get("conditional_formats") or request.get("conditional_formats")
    return element(
        "li",
        bar(number, largest),
        element("span", ", ".join(row.group) or column.name, class_="name"),
        element("span", shown(number, unit), class_="number", title=exact(number)),
        class_=palette_of(number, formats),
    )


def bar(number: float | None, largest: float) -> Html:
    """A bar as long as the number's share of the largest one."""
    share = abs(number) / largest * 100 if number and largest else 0
    return element("i", class_="bar", style=f"width:{share:.1f}%")
