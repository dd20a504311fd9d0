"""Space aggregation: the series of each group as one row.

https://docs.datadoghq.com/metrics/#space-aggregation
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from ddconf.alerting.groups import NOT_AVAILABLE, Group
from ddconf.alerting.metrics.aggregate import aggregate
from ddconf.alerting.metrics.frame import Grid, MetricFrame, Row
from ddconf.alerting.metrics.samples import MetricType, Samples
from ddconf.alerting.metrics.scope import matches
from ddconf.alerting.metrics.time import TimeAggregation, raw_buckets
from ddconf.alerting.thresholds import Thresholds
from ddconf.queries.tree import Series


@dataclass(frozen=True, slots=True)
class SeriesSelection:
    """The series of a query by group."""

    query: Series
    groups: dict[Group, list[Samples]]

    @classmethod
    def of(cls, query: Series, series: Sequence[Samples], *, leaves_out: bool) -> SeriesSelection:
        """With `leaves_out`, groups that lack one of the tags are dropped, as monitors do."""
        keys = [tag.text for tag in query.by]
        groups: dict[Group, list[Samples]] = {}
        for samples in series:
            if _is_asked(query, samples):
                for group in _groups(samples, keys):
                    if not (leaves_out and any(value == NOT_AVAILABLE for _, value in group)):
                        groups.setdefault(group, []).append(samples)
        return cls(query, groups)

    def frame(self, grid: Grid, until: float, *, is_joined: bool) -> MetricFrame:
        """`is_joined` if arithmetic joins the query with others, which needs values for all buckets."""
        time = TimeAggregation.read(self.query)
        rows = {
            group: _row(self.query, time, members, (grid, until), is_joined or len(members) > 1)
            for group, members in self.groups.items()
        }
        return MetricFrame(grid, rows)


def _is_asked(query: Series, samples: Samples) -> bool:
    if samples.answers is not None:
        return samples.answers == query
    return samples.metric == query.metric and matches(query.scope, samples.by_key)


def _groups(samples: Samples, keys: Sequence[str]) -> Iterator[Group]:
    """A series with two values of a key belongs to two groups."""
    values = [samples.by_key.get(key.lower()) or (NOT_AVAILABLE,) for key in keys]
    return (tuple(zip(keys, combination, strict=True)) for combination in product(*values))


def _row(
    query: Series, time: TimeAggregation, members: list[Samples], on: tuple[Grid, float], is_joined: bool
) -> Row:
    grid, until = on
    if members[0].type is MetricType.DISTRIBUTION:
        return _of_distributions(query, members, grid, until)
    rows = [
        time.filled(time.row(samples, grid, until), samples, grid, is_joined=is_joined) for samples in members
    ]
    if members[0].answers is not None:
        return rows[0]
    if len(rows) == 1:
        return rows[0] if time.aggregator != "count" else [None if v is None else 1 for v in rows[0]]
    return [_over(time.aggregator, values) for values in zip(*rows, strict=True)]


def _over(aggregator: str, values: Sequence[float | None]) -> float | None:
    """Nothing takes no part."""
    return aggregate(aggregator, [value for value in values if value is not None])


def _of_distributions(query: Series, members: list[Samples], grid: Grid, until: float) -> Row:
    """Time and space at once, over all values of all series.

    https://docs.datadoghq.com/metrics/distributions/
    """
    merged: list[list[float]] = [[] for _ in range(grid.size)]
    for samples in members:
        for bucket, values in zip(merged, raw_buckets(samples, grid, until), strict=True):
            bucket.extend(values)
    if query.counted:
        counted = Thresholds(query.counted.comparator, query.counted.number)
        return [
            sum(counted.reaches(value, counted.critical) for value in bucket) if bucket else None
            for bucket in merged
        ]
    return [aggregate(query.aggregator or "avg", bucket) for bucket in merged]
