"""How the values of a measure spread, at once or over time."""

from __future__ import annotations

from ddconf.analytics.aggregations import is_number
from ddconf.analytics.compute import values
from ddconf.analytics.histogram import Bins, bounds, histogram
from ddconf.analytics.query import LogQuery
from ddconf.analytics.request import read_queries, scalar
from ddconf.document import JSON, Document, get
from ddconf.preview.charts import Spec, chart, lite
from ddconf.preview.colors import series_color
from ddconf.preview.numbers import exact
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join

_LINE = 22
_ROWS = 20


@widget("distribution")
def distribution(definition: Document, sources: Sources, size: Size) -> Html:
    request = (definition.get("requests") or [{}])[0]
    numbers = _numbers(request, sources)
    if not numbers:
        return element("p", "No logs with a value of this", class_="empty")
    numbers, ratio = _scaled(numbers, get(definition, ("xaxis", "scale")))
    bins = histogram(numbers, bounds(numbers, ratio=ratio))
    drawn = chart(_spec(bins, Size(size.width, size.height - _LINE), ratio), "Histogram")
    return join(drawn, element("p", _summary(numbers), class_="summary"))


def _numbers(request: Document, sources: Sources) -> list[float]:
    """The measure of each log for one query; else the number of each group."""
    if request.get("query"):
        query = next(read_queries(request))
        return [number for _, number in _measured(query, sources)]
    return [
        n for column in scalar(request, sources.store) for n in column.frame.scalars.values() if n is not None
    ]


def _measured(query: LogQuery, sources: Sources) -> list[tuple[int, float]]:
    """The bucket and the value of each log that has the measure."""
    window = sources.store.window
    return [
        (bucket, value)
        for log in sources.store.search(query.search)
        if (bucket := window.bucket(log)) is not None
        for value in values(log, query.compute.metric)
        if query.compute.metric and is_number(value)
    ]


def _scaled(numbers: list[float], scale: JSON) -> tuple[list[float], bool]:
    """The numbers, and whether their axis is logarithmic; there zeros stand with the least above zero."""
    least = min((number for number in numbers if number > 0), default=None)
    if scale != "log" or least is None:
        return numbers, False
    return [max(number, least) for number in numbers], True


def _summary(numbers: list[float]) -> str:
    return f"{len(numbers):,} values from {exact(min(numbers))} to {exact(max(numbers))}"


def _spec(bins: Bins, size: Size, ratio: bool) -> Spec:
    rows = [
        {"a": low, "b": high, "n": count}
        for low, high, count in zip(bins.bounds, bins.bounds[1:], bins.counts, strict=False)
    ]
    scale = {"type": "log" if ratio else "linear", "nice": False, "zero": False}
    encoding = {
        "x": {
            "field": "a",
            "type": "quantitative",
            "title": None,
            "scale": scale,
            "axis": {"format": "~s", "tickCount": 5, "grid": False, "labelOverlap": True},
        },
        "x2": {"field": "b"},
        "y": {"field": "n", "type": "quantitative", "title": None, "axis": {"tickCount": 4, "format": "~s"}},
        "y2": {"datum": 0},
    }
    mark = {"type": "rect", "color": series_color(4)}
    return lite(size.width, size.height, rows, [{"mark": mark, "encoding": encoding}])


@widget("heatmap")
def heatmap(definition: Document, sources: Sources, size: Size) -> Html:
    request = (definition.get("requests") or [{}])[0]
    measured = _measured(next(read_queries(request)), sources)
    if not measured:
        return element("p", "No logs with a value of this", class_="empty")
    numbers, ratio = _scaled([number for _, number in measured], get(definition, ("yaxis", "scale")))
    edges = bounds(numbers, bins=_ROWS, ratio=ratio)
    starts = sources.store.window.starts
    cells = [
        {"t": starts[bucket], "u": starts[bucket] + starts.step, "a": low, "b": high, "n": count}
        for bucket in sorted({bucket for bucket, _ in measured})
        for bins in [
            histogram([n for (at, _), n in zip(measured, numbers, strict=True) if at == bucket], edges)
        ]
        for low, high, count in zip(edges, edges[1:], bins.counts, strict=False)
        if count
    ]
    drawn = chart(_heat(cells, Size(size.width, size.height - _LINE), ratio), "Heat map over time")
    return join(drawn, element("p", _summary(numbers), class_="summary"))


def _heat(cells: list[Spec], size: Size, ratio: bool) -> Spec:
    scale = {"type": "log" if ratio else "linear", "nice": False, "zero": False}
    encoding = {
        "x": {"field": "t", "type": "temporal", "title": None, "scale": {"type": "utc"}},
        "x2": {"field": "u"},
        "y": {"field": "a", "type": "quantitative", "title": None, "scale": scale, "axis": {"format": "~s"}},
        "y2": {"field": "b"},
        "opacity": {
            "field": "n",
            "type": "quantitative",
            "legend": None,
            "scale": {"type": "sqrt", "range": [0.15, 1]},
        },
    }
    return lite(
        size.width,
        size.height,
        cells,
        [{"mark": {"type": "rect", "color": series_color(4)}, "encoding": encoding}],
    )
