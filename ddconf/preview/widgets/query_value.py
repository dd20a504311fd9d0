"""One number, coloured by its conditional formats, perhaps over a small chart of its course."""

from __future__ import annotations

from ddconf.analytics.request import Column, scalar, series
from ddconf.analytics.window import TimeFrame
from ddconf.document import Document
from ddconf.preview.charts import Spec, chart, lite
from ddconf.preview.colors import palette_of, series_color
from ddconf.preview.numbers import PLAIN, exact, shown
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element


@widget("query_value")
def query_value(definition: Document, sources: Sources, size: Size) -> Html:
    request = (definition.get("requests") or [{}])[0]
    columns = scalar(request, sources.store)
    number = next(iter(columns[0].frame.scalars.values()), None) if columns else None
    unit = sources.unit(columns[0], definition.get("custom_unit")) if columns else PLAIN
    text, full = shown(number, unit, definition.get("precision")), exact(number)
    background = definition.get("timeseries_background")
    palette = palette_of(number, request.get("conditional_formats"))
    return element(
        "div",
        _background(request, sources, size, str(background.get("type")))
        if background and not palette
        else None,
        element("p", text, class_="big"),
        element("p", full, class_="exact") if full != text else None,
        class_=f"value {palette or ''}".strip(),
    )


def _background(request: Document, sources: Sources, size: Size, mark: str) -> Html | None:
    columns, window = series(request, sources.store)
    spec = _spark(columns, window, size, mark)
    return element("div", chart(spec, "Course over time"), class_="spark") if spec else None


def _spark(columns: list[Column], window: TimeFrame, size: Size, mark: str) -> Spec | None:
    rows = [row for column in columns for row in column.frame.rows.values()][:1]
    values = [
        {"t": start, "u": start + window.interval, "v": value}
        for row in rows
        for start, value in zip(window.starts, row, strict=True)
        if value is not None
    ]
    if not values:
        return None
    time = {"field": "t", "type": "temporal", "axis": None, "scale": {"type": "utc"}}
    encoding = {"x": time, "y": {"field": "v", "type": "quantitative", "axis": None}}
    if mark == "bars":
        encoding |= {"x2": {"field": "u"}, "y2": {"datum": 0}}
    shape = {"type": "rect" if mark == "bars" else "area", "color": series_color(0), "opacity": 0.22}
    return lite(size.width, size.height, values, [{"mark": shape, "encoding": encoding}])
