"""The values of a metric query, asked of the live site: by the minute, unless it has a rollup.

https://docs.datadoghq.com/api/latest/metrics/#query-timeseries-points
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ddconf.alerting.groups import NOT_AVAILABLE
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.windows import MINUTE, Span
from ddconf.document import Document
from ddconf.errors import ApiError
from ddconf.queries.printer import print_expression
from ddconf.queries.tree import Method, Number, Series, Word

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client

_QUERY, _METADATA = "/api/v1/query", "/api/v1/metrics/{metric_name}"
_BUCKETS = 1440
"""Of one answer, which holds 1,500 points of a series at most."""
_SUMMED = ("count", "rate")


def live_series(client: Client, query: Series, reach: float, run: Span) -> list[Samples]:
    """A series for each group, from so long before the run to its end. Raises ApiError."""
    method, interval = _rollup(client, query)
    asked = print_expression(_rolled(query, method, interval))
    points: dict[tuple[str, ...], dict[float, float]] = {}
    for start, end in _parts((run[0] - reach, run[1]), interval):
        params = {"from": str(int(start)), "to": str(int(end)), "query": asked}
        said = client.request("GET", _QUERY, params)
        for item in (said.get("series") or ()) if isinstance(said, dict) else ():
            points.setdefault(_tags(item), {}).update(_points(item))
    type = MetricType.ALIGNED if method == "sum" else MetricType.GAUGE
    return [
        Samples(
            query.metric,
            # In the middle of their buckets, so that none lies on the edge of a window.
            [time + interval / 2 for time in sorted(found)],
            [found[time] for time in sorted(found)],
            tags,
            type,
            answers=query,
        )
        for tags, found in points.items()
        if not any(tag.endswith(f":{NOT_AVAILABLE}") for tag in tags)
    ]


def _rollup(client: Client, query: Series) -> tuple[str, float]:
    """How a query wants its buckets: as it says, else as Datadog has it for metrics of its type."""
    time = TimeAggregation.read(query)
    method = time.method
    if method is None and time.aggregator in ("min", "max"):
        method = time.aggregator
    if method is None and (time.modifier == "as_count" or time.aggregator == "count"):
        method = "sum"
    if method is None and time.aggregator == "sum" and not time.modifier:
        method = "sum" if _type(client, query.metric) in _SUMMED else "avg"
    return method or "avg", time.interval or MINUTE


def _type(client: Client, metric: str) -> str:
    """Empty where Datadog does not know it."""
    try:
        said = client.request("GET", _METADATA.format(metric_name=metric), route=_METADATA)
    except ApiError as error:
        if error.status == 404:
            return ""
        raise
    return str(said.get("type") or "") if isinstance(said, dict) else ""


def _rolled(query: Series, method: str, interval: float) -> Series:
    """The query with a rollup into these buckets in place of its own."""
    others = tuple(item for item in query.methods if item.name != "rollup")
    return replace(query, methods=(*others, Method("rollup", (Word(method), Number(interval)))))


def _parts(span: Span, interval: float) -> Iterable[Span]:
    """Spans of whole buckets, none longer than one answer can hold."""
    start = span[0] // interval * interval
    while start < span[1]:
        end = min(start + _BUCKETS * interval, span[1])
        yield start, end
        start = end


def _tags(item: Document) -> tuple[str, ...]:
    """Those of a group: `host:a`; none of a query without groups."""
    listed = item.get("tag_set")
    if listed is None:
        scope = str(item.get("scope") or "*")
        listed = [] if scope == "*" else scope.split(",")
    return tuple(map(str, listed))


def _points(item: Document) -> Iterator[tuple[float, float]]:
    for time, value in item.get("pointlist") or ():
        if value is not None:
            yield time / 1000, value
