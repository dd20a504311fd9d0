"""Buckets without a value filled, series by series.

https://docs.datadoghq.com/metrics/guide/interpolation-the-fill-modifier-explained/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from ddconf.alerting.metrics.frame import Row

LIMIT = 300
"""Seconds over which a gap is bridged where the query does not say."""


@dataclass(frozen=True, slots=True)
class Fill:
    """`method` is null, zero, last or linear, or the number to fill with; `limit` in seconds."""

    method: str | float = "linear"
    limit: float = LIMIT

    def row(self, row: Row, interval: float) -> Row:
        match self.method:
            case "null":
                return row
            case "zero":
                return [0 if value is None else value for value in row]
            case "last":
                return _last(row, int(self.limit // interval))
            case "linear":
                return _linear(row, int(self.limit // interval))
        return [float(self.method) if value is None else value for value in row]


def bridged(row: Row, interval: float) -> Row:
    """As `default_zero` sees a gauge: gaps of up to five minutes are bridged, a last value holds so long."""
    most = int(LIMIT // interval)
    return _last(_linear(row, most), most)


def _last(row: Row, most: int) -> Row:
    filled: Row = []
    value, age = None, 0
    for item in row:
        value, age = (value, age + 1) if item is None else (item, 0)
        filled.append(value if age <= most else None)
    return filled


def _linear(row: Row, most: int) -> Row:
    """Between neighbours at most so many buckets apart; nothing before the first or after the last."""
    filled = list(row)
    for (left, low), (right, high) in pairwise(_values(row)):
        if 1 < right - left <= most:
            step = (high - low) / (right - left)
            filled[left + 1 : right] = [low + step * number for number in range(1, right - left)]
    return filled


def _values(row: Row) -> Iterator[tuple[int, float]]:
    return ((index, value) for index, value in enumerate(row) if value is not None)
