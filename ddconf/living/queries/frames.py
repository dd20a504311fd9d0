"""The queries of a request computed on a grid of buckets: metrics, logs and events in the same frames.

https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-data-across-multiple-products
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ddconf.alerting.metrics.aggregate import aggregate
from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid, MetricFrame
from ddconf.alerting.metrics.shifts import SHIFTS
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.analytics.compute import compute
from ddconf.analytics.query import UncomputableQuery as UncomputableLogs
from ddconf.analytics.query import read_query
from ddconf.analytics.window import TimeFrame
from ddconf.document import Document
from ddconf.emulator.wire import texts
from ddconf.errors import DdconfError
from ddconf.living.queries.events import as_log
from ddconf.living.queries.logs import read_search
from ddconf.living.queries.samples import read_samples
from ddconf.living.sandbox import Sandbox
from ddconf.pipelines.log import Log
from ddconf.queries import parse_formula, parse_metric_query
from ddconf.queries.tree import Expression, Name, Number, all_series, calls

_STEPS = (1, 2, 5, 10, 20, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 28_800, 86_400, 604_800)
_BUCKETS, _MOST_BUCKETS = 300, 1500
_LOOK_BACK = 3600  # seconds before the window that shifts and interpolation may need
_REDUCERS = {"area": "sum", "mean": "avg", "percentile": "p95"}


@dataclass(frozen=True, slots=True)
class Span:
    """From `start` to before `end`, in seconds."""

    start: float
    end: float

    def grid(self, asked: float | None = None, native: float = 0) -> Grid:
        """Buckets of about what dashboards show: an hour in 20 s, four in minutes, a day in five of them.

        They are never shorter than the `native` interval in which values come.
        """
        length = self.end - self.start
        least = max(length / _MOST_BUCKETS, native)
        interval = next((step for step in _STEPS if length / step <= _BUCKETS), _STEPS[-1])
        return Grid.over(self.start, self.end, max(asked or interval, least))


def grid_of(sandbox: Sandbox, span: Span, trees: Sequence[Expression], asked: float | None = None) -> Grid:
    """The grid of metric queries; `asked` and the longest `.rollup()` say how long its buckets are."""
    leaves = [leaf for tree in trees for leaf in all_series(tree)]
    rollups = [TimeAggregation.read(leaf).interval for leaf in leaves]
    rollup = max((interval for interval in rollups if interval), default=None)
    stored = (series for leaf in leaves for series in sandbox.metrics.series(leaf.metric))
    return span.grid(rollup or asked, max((series.interval for series in stored), default=0))


def metric_frame(sandbox: Sandbox, tree: Expression, grid: Grid) -> MetricFrame:
    """A metric query on a grid. Raises a Refusal (400) for what only Datadog computes."""
    names = [leaf.metric for leaf in all_series(tree)]
    back = _LOOK_BACK + _shifts(tree)
    material = QueryInputs(read_samples(sandbox, names, grid.start - back, grid.end), in_monitor=False)
    try:
        return Evaluation(material, grid, sandbox.clock().timestamp() + 1).frame(tree)
    except Uncomputable as error:
        raise texts(400, str(error)) from None


def _shifts(tree: Expression) -> float:
    """How far `timeshift` and the like look back, at most."""
    return 31 * 86_400 if any(call.function in SHIFTS for call in calls(tree)) else 0


def query_frame(sandbox: Sandbox, query: Document, grid: Grid) -> MetricFrame:
    """One item of `queries` on a grid; a source that is not kept here gives no rows."""
    source = query.get("data_source")
    if source in ("metrics", "cloud_cost"):
        return metric_frame(sandbox, read_metric_query(str(query.get("query") or "")), grid)
    if source in ("logs", "events"):
        return _event_frame(sandbox, query, grid, of_logs=source == "logs")
    return MetricFrame(grid, {})


def read_metric_query(text: str) -> Expression:
    """Raises a Refusal (400) for a malformed query."""
    try:
        return parse_metric_query(text)
    except DdconfError as error:
        raise texts(400, f"Error parsing query: {error}") from None


def _event_frame(sandbox: Sandbox, query: Document, grid: Grid, *, of_logs: bool) -> MetricFrame:
    start, end, interval = (round(value * 1000) for value in (grid.start, grid.end, grid.interval))
    search = (query.get("search") or {}).get("query") or "*"
    wanted = read_search(
        {"query": search, "from": start, "to": end - 1, "indexes": query.get("indexes")}, sandbox.clock()
    )
    logs: Iterable[Log]
    if of_logs:
        logs = (stored.log for stored in wanted.logs(sandbox))
    else:
        found = sandbox.events.between(start // 1000, (end - 1) // 1000)
        logs = (log for log in (as_log(event) for _, event in found) if wanted.query.matches(log))
    try:
        asked = read_query({**query, "data_source": "logs"})
    except UncomputableLogs as error:
        raise texts(400, str(error)) from None
    frame = compute(asked, logs, TimeFrame(start, end, interval))
    return MetricFrame(
        grid,
        {tuple(zip(frame.facets, group, strict=True)): list(row) for group, row in frame.rows.items()},
    )


def reduced(frame: MetricFrame, aggregator: str) -> MetricFrame:
    """Every row as one number over the whole window."""
    whole = Grid(frame.grid.start, frame.grid.end - frame.grid.start or 1, 1)
    name = _REDUCERS.get(aggregator, aggregator)
    factor = frame.grid.interval if aggregator == "area" else 1
    rows = {}
    for group, row in frame.rows.items():
        number = aggregate(name, [value for value in row if value is not None])
        rows[group] = [None if number is None else number * factor]
    return MetricFrame(whole, rows)


def formula_frame(formula: str, frames: Mapping[str, MetricFrame], grid: Grid) -> MetricFrame:
    """A formula over frames by their names. Raises a Refusal (400)."""
    try:
        tree = parse_formula(formula, frames.keys())

        def known(node: Expression) -> MetricFrame | None:
            return replace(frames[node.name], grid=grid) if isinstance(node, Name) else None

        # The frames stand for the queries, but a formula asks also whether it knows the names.
        material = QueryInputs([], dict.fromkeys(frames, Number(0)))
        return Evaluation(material, grid, grid.end, known=known).frame(tree)
    except (DdconfError, Uncomputable) as error:
        raise texts(400, f"Error parsing formula: {error}") from None
