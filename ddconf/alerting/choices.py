"""Where Datadog's documentation is silent or contradicts itself: each assumption by a name.

A result that another choice would change is a result to be careful with.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ddconf.queries.monitors import EventAlert, MetricAlert, MonitorQuery
from ddconf.queries.tree import all_series


@dataclass(frozen=True, slots=True)
class Choices:
    silent_log_group_is_zero: bool = True
    """A log monitor's group without logs counts as 0 while it is remembered, also if other groups have logs.

    The page on log monitors says that it does not alert as long as another group has logs, the newer one on
    missing data that it is evaluated as 0. https://docs.datadoghq.com/monitors/guide/on_missing_data/
    """
    interval: float | None = None
    """Seconds of a bucket where the query names none; None for those by which a window counts as full."""

    def matters_to(self, query: MonitorQuery) -> bool:
        """Might this choice, not being the usual one, change what a monitor with such a query does?"""
        if isinstance(query, MetricAlert):
            rolled = all(series.method("rollup") for series in all_series(query.expression))
            return self.interval is not None and not rolled
        is_below = isinstance(query, EventAlert) and query.comparison.comparator in ("<", "<=")
        return is_below and not self.silent_log_group_is_zero

    def others(self) -> Iterator[tuple[str, Choices]]:
        """Every other choice, with what it says."""
        yield (
            "a silent group of a log monitor did not count as 0",
            replace(self, silent_log_group_is_zero=not self.silent_log_group_is_zero),
        )
        for interval in (20, 60):
            yield f"metrics came in buckets of {interval} s", replace(self, interval=interval)
