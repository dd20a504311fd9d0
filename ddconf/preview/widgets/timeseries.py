"""Numbers over time as lines, areas or bars, with a legend that tells each series' figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from statistics import fmean

from ddconf.analytics.request import Column, series
from ddconf.analytics.window import TimeFrame
from ddconf.document import Document
from ddconf.preview.charts import Spec, chart, lite
from ddconf.preview.colors import series_color
from ddconf.preview.numbers import exact, shown
from ddconf.preview.plot import DrawnSeries, plotted
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join

_LEGEND_ROW = 21
_MOST_LEGEND_ROWS = 3
_FIGURES: dict[str, Callable[[list[float]], float]] = {
    "avg": fmean,
    "min": min,
    "max": max,
    "sum": sum,
    "value": lambda numbers: numbers[-1],
}
_STACKED: dict[str, Spec] = {"bars": {"type": "rect"}, "area": {"type": "area", "opacity": 0.75}}
_LINE: Spec = {"type": "line", "strokeWidth": 1.8, "point": {"size": 8}}
_MARKER = re.compile(r"\s*y\s*=\s*(-?\d+(?:\.\d+)?)\s*")


@widget("timeseries")
def timeseries(definition: Document, sources: Sources, size: Size) -> Html:
    lines: list[DrawnSeries] = []
    window = sources.store.window
    for request in definition.get("requests") or []:
        columns, window = series(request, sources.store)
        lines += _lines(columns, str(request.get("display_type") or "line"), sources)
    if not any(value is not None for line in lines for value in line.row):
        return element("p", "No logs in this span", class_="empty")
    if sources.live:
        return join(
            plotted(lines, window, markers(definition)), legend(lines, definition.get("legend_columns"))
        )
    rows = min(len(lines), _MOST_LEGEND_ROWS) + 1 if definition.get("show_legend", True) else 0
    height = max(60, size.height - rows * _LEGEND_ROW)
    drawn = chart(spec(lines, window, Size(size.width, height), markers(definition)), _label(lines))
    return join(drawn, legend(lines, definition.get("legend_columns")) if rows else None)


def _lines(columns: Sequence[Column], mark: str, sources: Sources) -> Iterator[DrawnSeries]:
    for column in columns:
        for group, row in column.frame.rows.items():
            parts = [", ".join(group)] if group else []
            if len(columns) > 1 or not group:
                parts.append(column.name)
            yield DrawnSeries(" · ".join(part for part in parts if part), row, mark, sources.unit(column))


def spec(lines: Sequence[DrawnSeries], window: TimeFrame, size: Size, marks: Sequence[float] = ()) -> Spec:
    """The chart of some series; names are not in it, only their numbers."""
    largest = max(abs(value) for line in lines for value in line.row if value is not None)
    divisor, sign = lines[0].unit.scale(largest)
    layers: list[Spec] = []
    values: list[Spec] = []
    for mark in dict.fromkeys(line.mark for line in lines):
        members = {index: line for index, line in enumerate(lines) if line.mark == mark}
        values += _values(members, window, divisor, stacked=mark in _STACKED)
        layers.append(_layer(mark, list(members), window, sign))
    return lite(size.width, size.height, values, [*layers, *(_rule(value / divisor) for value in marks)])


def _values(
    members: Mapping[int, DrawnSeries], window: TimeFrame, divisor: float, *, stacked: bool
) -> Iterator[Spec]:
    """The points of some series, `a` to `b` where they are stacked; bars end where the next bucket begins."""
    floor = [0.0] * len(window.starts)
    for index, line in members.items():
        for bucket, (start, value) in enumerate(zip(window.starts, line.row, strict=True)):
            if value is not None:
                low = floor[bucket] if stacked else 0
                end = start + window.interval
                yield {"t": start, "u": end, "a": low, "b": low + value / divisor, "s": str(index)}
                floor[bucket] = low + value / divisor


def _layer(mark: str, members: Sequence[int], window: TimeFrame, sign: str) -> Spec:
    time = {"format": _format(window), "tickCount": 5, "labelOverlap": True, "labelSeparation": 10}
    domain = {"type": "utc", "domain": [window.start, window.end]}
    names = [str(index) for index in members]
    colors = {"domain": names, "range": [series_color(index) for index in members]}
    height = {"title": sign.strip() or None, "axis": {"tickCount": 4, "format": "~s" if not sign else ".4~g"}}
    encoding: Spec = {
        "x": {"field": "t", "type": "temporal", "title": None, "axis": time, "scale": domain},
        "y": {"field": "b", "type": "quantitative", "stack": None, **height},
        "color": {"field": "s", "type": "nominal", "scale": colors, "legend": None},
    }
    if mark in _STACKED:
        encoding["y2"] = {"field": "a"}
    if mark == "bars":
        encoding["x2"] = {"field": "u"}
    chosen = {"filter": {"field": "s", "oneOf": names}}
    return {"mark": _STACKED.get(mark, _LINE), "encoding": encoding, "transform": [chosen]}


def _rule(value: float) -> Spec:
    return {
        "mark": {"type": "rule", "color": "#e05243", "strokeDash": [5, 4]},
        "encoding": {"y": {"datum": value, "type": "quantitative"}},
    }


def _format(window: TimeFrame) -> str:
    if window.end - window.start > 3 * 86_400_000:
        return "%b %-d"
    return "%H:%M:%S" if window.end - window.start < 600_000 else "%H:%M"


def markers(definition: Document) -> list[float]:
    """The heights of the lines that a definition draws across."""
    found = (_MARKER.fullmatch(str(item.get("value", ""))) for item in definition.get("markers") or [])
    return [float(match[1]) for match in found if match]


def legend(lines: Sequence[DrawnSeries], wanted: Sequence[str] | None) -> Html:
    """A table of the series, each with its figures over time."""
    columns = [name for name in wanted or ("avg", "max", "sum") if name in _FIGURES]
    head = element("tr", element("th", "Series"), *(element("th", name, class_="number") for name in columns))
    rows = [_legend_row(line, index, columns) for index, line in enumerate(lines)]
    table = element("table", element("thead", head), element("tbody", *rows))
    return element("div", table, class_="legend", tabindex=0, role="region", aria_label="Legend")


def _legend_row(line: DrawnSeries, index: int, columns: Sequence[str]) -> Html:
    numbers = [value for value in line.row if value is not None]
    swatch = element("i", style=f"background:{series_color(index)}")
    figures = [_FIGURES[name](numbers) if numbers else None for name in columns]
    cells = (element("td", shown(n, line.unit), class_="number", title=exact(n)) for n in figures)
    return element("tr", element("td", swatch, line.name), *cells)


def _label(lines: Sequence[DrawnSeries]) -> str:
    return f"Chart of {len(lines)} series; the table below has their figures"
