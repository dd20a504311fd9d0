"""Monitors whose values are whole numbers."""

from __future__ import annotations

from ddconf.queries.monitors import EventAlert, MetricAlert
from ddconf.queries.tree import Series


def is_count(query: MetricAlert | EventAlert) -> bool:
    """Whether a query counts events: `rollup("count")`, or a sum of `.as_count()`."""
    if isinstance(query, EventAlert):
        return query.aggregation in ("count", "cardinality")
    series = query.expression
    counts = isinstance(series, Series) and series.method("as_count") is not None
    return counts and query.aggregator == "sum" and query.change is None
