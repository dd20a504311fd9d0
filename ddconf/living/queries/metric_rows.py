"""Metric queries of dashboards, in the frames that widgets are drawn from."""

from __future__ import annotations

from ddconf.alerting.metrics.frame import Grid, MetricFrame
from ddconf.analytics.frame import Frame
from ddconf.analytics.query import UncomputableQuery
from ddconf.analytics.window import SECOND, TimeFrame
from ddconf.document import Document
from ddconf.emulator.wire import Refusal
from ddconf.living.queries.frames import Span, grid_of, metric_frame, read_metric_query, reduced
from ddconf.living.sandbox import Sandbox


def metric_rows(sandbox: Sandbox, query: Document, window: TimeFrame) -> Frame:
    """A query in a window; in one bucket as its `aggregator` reduces it. Raises Uncomputable."""
    try:
        tree = read_metric_query(str(query.get("query") or ""))
        start, end = window.start / SECOND, window.end / SECOND
        if len(window.starts) > 1:
            frame = metric_frame(sandbox, tree, Grid(start, window.seconds, len(window.starts)))
        else:
            whole = metric_frame(sandbox, tree, grid_of(sandbox, Span(start, end), [tree]))
            frame = reduced(whole, str(query.get("aggregator") or "avg"))
    except Refusal as refusal:
        raise UncomputableQuery("; ".join(refusal.response.json()["errors"])) from None
    return _plain(frame)


def _plain(frame: MetricFrame) -> Frame:
    """Rows that have a value, by the values of their groups; the highest mean comes first."""
    rows = {
        tuple(value for _, value in group): tuple(row)
        for group, row in frame.rows.items()
        if any(value is not None for value in row)
    }
    facets = next((tuple(key for key, _ in group) for group in frame.rows), ())
    return Frame(facets, dict(sorted(rows.items(), key=lambda item: -_mean(item[1]))))


def _mean(row: tuple[float | None, ...]) -> float:
    numbers = [value for value in row if value is not None]
    return sum(numbers) / len(numbers)
