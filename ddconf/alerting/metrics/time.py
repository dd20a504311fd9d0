"""Time aggregation: the samples of one series in buckets.

https://docs.datadoghq.com/dashboards/functions/rollup/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ddconf.alerting.metrics.aggregate import aggregate
from ddconf.alerting.metrics.fill import LIMIT, Fill
from ddconf.alerting.metrics.frame import Grid, Row
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.document import JSON
from ddconf.queries.tree import Argument, Method, Number, Series, Text, Word

_CALENDAR = {"daily": 86_400}
_COUNTED = (MetricType.COUNT, MetricType.RATE, MetricType.ALIGNED)


@dataclass(frozen=True, slots=True)
class TimeAggregation:
    """How a query wants each series in buckets; without a `method`, as the space aggregator has it."""

    aggregator: str = "avg"
    method: str | None = None
    interval: float | None = None
    modifier: str = ""
    """`as_count`, `as_rate`, or nothing."""
    fill: Fill | None = None

    @classmethod
    def read(cls, series: Series) -> TimeAggregation:
        method, interval = _rollup(series.method("rollup"))
        modifier = next((name for name in ("as_count", "as_rate") if series.method(name)), "")
        return cls(series.aggregator or "avg", method, interval, modifier, _fill(series.method("fill")))

    def is_counted(self, samples: Samples) -> bool:
        return bool(self.modifier) and samples.type in _COUNTED

    def row(self, samples: Samples, grid: Grid, until: float) -> Row:
        """The series in the buckets of a grid; samples from `until` on have not come yet."""
        buckets = _buckets(samples.slice(grid.start, min(grid.end, until)), grid)
        combine = self._combine(samples, grid.interval)
        return [None if bucket is None else combine(bucket) for bucket in buckets]

    def filled(self, row: Row, samples: Samples, grid: Grid, *, is_joined: bool) -> Row:
        """Interpolated where series are joined; counts and rates have nothing where nothing is."""
        if self.fill:
            return self.fill.row(row, grid.interval)
        if not is_joined or self.modifier or samples.type is not MetricType.GAUGE or not samples.interpolates:
            return row
        return Fill().row(row, grid.interval)

    def _combine(self, samples: Samples, length: float) -> Callable[[list[float]], float | None]:
        flush = (samples.interval or 1) if samples.type is MetricType.RATE else 1
        if self.is_counted(samples) and self.method in (None, "sum"):
            per = flush
            if self.modifier == "as_rate" and samples.type is not MetricType.ALIGNED:
                per = flush / length
            return lambda values: sum(values) * per
        method = self.method or self._default(samples)
        return lambda values: aggregate(method, values)

    def _default(self, samples: Samples) -> str:
        if self.aggregator in ("min", "max"):
            return self.aggregator
        is_count = samples.type in (MetricType.COUNT, MetricType.ALIGNED)
        return "sum" if self.aggregator == "sum" and is_count else "avg"


def _buckets(samples: Iterable[tuple[float, JSON]], grid: Grid) -> list[list[JSON] | None]:
    found: list[list[JSON] | None] = [None] * grid.size
    start, interval = grid.start, grid.interval
    for time, value in samples:
        index = int((time - start) // interval)
        bucket = found[index]
        if bucket is None:
            found[index] = [value]
        else:
            bucket.append(value)
    return found


def raw_buckets(samples: Samples, grid: Grid, until: float) -> list[list[float]]:
    """All values of a distribution, bucket by bucket."""
    buckets = _buckets(samples.slice(grid.start, min(grid.end, until)), grid)
    return [[value for item in bucket or () for value in _listed(item)] for bucket in buckets]


def _listed(value: JSON) -> list[float]:
    return value if isinstance(value, list) else [value]


def _rollup(method: Method | None) -> tuple[str | None, float | None]:
    """`.rollup(sum, 60)`; `.rollup(60)` is an average."""
    if method is None or not method.arguments:
        return None, None
    first, *rest = method.arguments
    if isinstance(first, Number):
        return "avg", first.value
    name = _word(first)
    if not rest:
        return name, None
    if isinstance(rest[0], Number):
        return name, rest[0].value
    period = _word(rest[0])
    if period not in _CALENDAR:
        raise Uncomputable(f"rollup({name}, {period})")
    return name, _CALENDAR[period]


def _fill(method: Method | None) -> Fill | None:
    if method is None or not method.arguments:
        return None
    first, *rest = method.arguments
    how: str | float = first.value if isinstance(first, Number) else _word(first)
    limit = rest[0].value if rest and isinstance(rest[0], Number) else LIMIT
    return Fill(how, limit)


def _word(argument: Argument) -> str:
    return argument.value if isinstance(argument, Word | Text) else ""
