"""Groups in rows, formulas in columns."""

from __future__ import annotations

from collections.abc import Sequence

from ddconf.analytics.ranking import RankedGroup, ranked
from ddconf.analytics.request import Column, scalar
from ddconf.document import Document
from ddconf.preview.colors import palette_of
from ddconf.preview.numbers import Unit, exact, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.preview.widgets.toplist import bar
from ddconf.render.markup import Html, element, join


@widget("query_table")
def query_table(definition: Document, sources: Sources, _size: Size) -> Html:
    return join(*(_table(request, sources) for request in definition.get("requests") or []))


def _table(request: Document, sources: Sources) -> Html:
    columns = scalar(request, sources.store)
    rows = ranked(columns, request.get("sort"))
    if not rows:
        return element("p", "No logs with values of these", class_="empty")
    facets = next((column.frame.facets for column in columns if column.frame.facets), ())
    head = element(
        "tr",
        *(element("th", facet, scope="col") for facet in facets),
        *(element("th", column.name, scope="col", class_="number") for column in columns),
    )
    units = [sources.unit(column) for column in columns]
    largest = [_largest(rows, index) for index in range(len(columns))]
    body = element("tbody", *(_row(row, columns, largest, units) for row in rows))
    return element("table", element("thead", head), body)


def _largest(rows: Sequence[RankedGroup], index: int) -> float:
    return max((abs(number) for row in rows if (number := row.numbers[index]) is not None), default=0)


def _row(
    row: RankedGroup, columns: Sequence[Column], largest: Sequence[float], units: Sequence[Unit]
) -> Html:
    groups = (element("td", value) for value in row.group)
    cells = (
        _cell(number, column.style, most, unit)
        for number, column, most, unit in zip(row.numbers, columns, largest, units, strict=True)
    )
    return element("tr", *groups, *cells)


def _cell(number: float | None, style: Document, largest: float, unit: Unit) -> Html:
    palette = palette_of(number, style.get("conditional_formats"))
    return element(
        "td",
        bar(number, largest) if style.get("cell_display_mode") == "bar" and not palette else None,
        element("span", shown(number, unit)),
        class_=f"number {palette or ''}".strip(),
        title=exact(number),
    )
