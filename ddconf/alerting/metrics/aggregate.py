"""One number of many, as rollups, space aggregators and windows make it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import fmean, pstdev

from ddconf.analytics.aggregations import percentile

Aggregate = Callable[[Sequence[float]], float]

AGGREGATES: dict[str, Aggregate] = {
    "avg": fmean,
    "mean": fmean,
    "sum": sum,
    "min": min,
    "max": max,
    "count": len,
    "last": lambda values: values[-1],
    "stddev": pstdev,
    "l2norm": lambda values: sum(value * value for value in values) ** 0.5,
}
_PERCENTILE = re.compile(r"p(\d{1,2}(?:\.\d{1,2})?)")


def aggregate(name: str, values: Sequence[float]) -> float | None:
    """None for no values. Raises KeyError for an unknown name."""
    if not values:
        return None
    if match := _PERCENTILE.fullmatch(name):
        return percentile(values, float(match[1]) / 100)
    return AGGREGATES[name](values)
