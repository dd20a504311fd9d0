"""Values over time and over a whole window. https://docs.datadoghq.com/api/latest/metrics/"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ddconf.alerting.groups import Group, group_text, tags_of
from ddconf.alerting.metrics.frame import Grid, MetricFrame, Row
from ddconf.document import JSON, Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.errors import DdconfError
from ddconf.living.queries.frames import (
    Span,
    formula_frame,
    grid_of,
    metric_frame,
    query_frame,
    read_metric_query,
    reduced,
)
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.queries import parse_metric_queries
from ddconf.queries.printer import print_expression
from ddconf.queries.tree import Expression, Series

_METRICS = ("metrics", "cloud_cost")


@endpoint("GET", "/api/v1/query")
def query_points(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points"""
    try:
        span = Span(int(call.query["from"]), int(call.query["to"]))
    except (KeyError, ValueError):
        raise texts(400, "from and to are required, as seconds") from None
    text = call.query.get("query", "")
    try:
        trees = parse_metric_queries(text)
    except DdconfError as error:
        raise texts(400, f"Error parsing query: {error}") from None
    series = []
    for place, tree in enumerate(trees):
        frame = metric_frame(call.sandbox, tree, grid_of(call.sandbox, span, [tree]))
        series += _pointlists(place, tree, frame)
    keys = {tag.text for tree in trees if isinstance(tree, Series) for tag in tree.by}
    said = {
        "status": "ok",
        "res_type": "time_series",
        "resp_version": 1,
        "query": text,
        "from_date": int(span.start) * 1000,
        "to_date": int(span.end) * 1000,
        "series": series,
        "values": [],
        "times": [],
        "message": "",
        "group_by": sorted(keys),
    }
    return answer(200, said)


def _pointlists(place: int, tree: Expression, frame: MetricFrame) -> list[Document]:
    name = tree.metric if isinstance(tree, Series) else print_expression(tree)
    aggregator = tree.aggregator if isinstance(tree, Series) else None
    made = []
    for group, row in frame.rows.items():
        points = _points(frame.grid, row)
        if points:
            made.append(
                {
                    "metric": name,
                    "display_name": name,
                    "expression": print_expression(tree),
                    "scope": group_text(group),
                    "tag_set": list(tags_of(group)),
                    "interval": int(frame.grid.interval),
                    "length": len(points),
                    "start": int(points[0][0]),
                    "end": int(points[-1][0] + frame.grid.interval * 1000 - 1),
                    "aggr": aggregator,
                    "query_index": place,
                    "attributes": {},
                    "pointlist": points,
                    "unit": None,
                }
            )
    return made


def _points(grid: Grid, row: Row) -> list[list[float]]:
    return [
        [moment * 1000.0, value] for moment, value in zip(grid.times, row, strict=True) if value is not None
    ]


@dataclass(frozen=True, slots=True)
class _Request:
    """A request of version 2; formulas without any are the queries themselves."""

    span: Span
    queries: Sequence[Document]
    formulas: Sequence[Document]
    interval: float | None = None

    @property
    def names(self) -> list[str]:
        """Those of the queries; `query1` and so on where they have none."""
        return [str(query.get("name") or f"query{place + 1}") for place, query in enumerate(self.queries)]

    @property
    def metrics(self) -> list[Expression]:
        """The metric queries. Raises a Refusal (400)."""
        listed = (query for query in self.queries if query.get("data_source") in _METRICS)
        return [read_metric_query(str(query.get("query") or "")) for query in listed]

    @property
    def asked_interval(self) -> float | None:
        """Seconds of a bucket: of the request, or the longest of its log queries."""
        said = [(query.get("compute") or {}).get("interval") for query in self.queries]
        return self.interval or max((interval / 1000 for interval in said if interval), default=None)


def _read(call: IncomingRequest, type: str) -> _Request:
    data = call.json.get("data") if isinstance(call.json, dict) else None
    if not isinstance(data, dict) or data.get("type") != type:
        raise texts(400, f'API input validation failed: Invalid type. Expected "{type}".')
    said = data.get("attributes") or {}
    try:
        span = Span(int(said["from"]) / 1000, int(said["to"]) / 1000)
        queries = [dict(query) for query in said["queries"]]
    except (KeyError, TypeError, ValueError):
        raise texts(400, "API input validation failed: from, to and queries are required") from None
    asked = said.get("interval")
    request = _Request(span, queries, said.get("formulas") or [], asked / 1000 if asked else None)
    return request if request.formulas else _with_formulas(request)


def _with_formulas(request: _Request) -> _Request:
    formulas = [{"formula": name} for name in request.names]
    return _Request(request.span, request.queries, formulas, request.interval)


@endpoint("POST", "/api/v2/query/timeseries")
def query_timeseries(call: IncomingRequest) -> Response:
    request = _read(call, "timeseries_request")
    grid = grid_of(call.sandbox, request.span, request.metrics, request.asked_interval)
    frames = {
        name: query_frame(call.sandbox, query, grid)
        for name, query in zip(request.names, request.queries, strict=True)
    }
    listed: list[tuple[int, Group, Row]] = []
    for place, formula in enumerate(request.formulas):
        frame = formula_frame(str(formula.get("formula") or ""), frames, grid)
        listed += [(place, group, row) for group, row in _limited(frame, formula.get("limit"))]
    shown = [number for number in range(grid.size) if any(row[number] is not None for _, _, row in listed)]
    attributes = {
        "series": [
            {"group_tags": list(tags_of(group)), "query_index": place, "unit": None}
            for place, group, _ in listed
        ],
        "times": [int(grid.times[number] * 1000) for number in shown],
        "values": [[row[number] for number in shown] for _, _, row in listed],
    }
    return answer(200, {"data": {"id": "0", "type": "timeseries_response", "attributes": attributes}})


def _limited(frame: MetricFrame, limit: JSON) -> list[tuple[Group, Row]]:
    """The rows that have a value, the best by their mean if there is a limit."""
    rows = [(group, row) for group, row in frame.rows.items() if any(value is not None for value in row)]
    if not isinstance(limit, dict):
        return rows
    sign = 1 if limit.get("order") == "asc" else -1

    def mean(item: tuple[Group, Row]) -> float:
        numbers = [value for value in item[1] if value is not None]
        return sign * sum(numbers) / len(numbers)

    return sorted(rows, key=mean)[: int(limit.get("count") or len(rows))]


@endpoint("POST", "/api/v2/query/scalar")
def query_scalar(call: IncomingRequest) -> Response:
    request = _read(call, "scalar_request")
    frames = {
        name: _whole(call, request.span, query)
        for name, query in zip(request.names, request.queries, strict=True)
    }
    grid = Grid(request.span.start, request.span.end - request.span.start, 1)
    columns = []
    for formula in request.formulas:
        text = str(formula.get("formula") or "")
        columns.append((text, formula.get("limit"), formula_frame(text, frames, grid)))
    return answer(200, {"data": {"type": "scalar_response", "attributes": {"columns": _columns(columns)}}})


def _whole(call: IncomingRequest, span: Span, query: Document) -> MetricFrame:
    """A query over the whole window: metrics in buckets first, which its `aggregator` makes one number."""
    if query.get("data_source") in _METRICS:
        tree = read_metric_query(str(query.get("query") or ""))
        frame = metric_frame(call.sandbox, tree, grid_of(call.sandbox, span, [tree]))
        return reduced(frame, str(query.get("aggregator") or "avg"))
    return query_frame(call.sandbox, query, Grid(span.start, span.end - span.start, 1))


def _columns(columns: Sequence[tuple[str, JSON, MetricFrame]]) -> list[Document]:
    """A column for each key of the groups, then one for each formula, all of the same length."""
    chosen = [_limited(frame, limit) for _, limit, frame in columns]
    groups = list(dict.fromkeys(group for rows in chosen for group, _ in rows))
    keys = list(dict.fromkeys(key for group in groups for key, _ in group))
    named: list[Document] = []
    for key in keys:
        values = [[dict(group)[key]] if key in dict(group) else [] for group in groups]
        named.append({"name": key, "type": "group", "values": values})
    for (name, _, _), rows in zip(columns, chosen, strict=True):
        numbers: Mapping[Group, Row] = dict(rows)
        column = [numbers[group][0] if group in numbers else None for group in groups]
        named.append({"name": name, "type": "number", "values": column, "meta": {"unit": None}})
    return named
