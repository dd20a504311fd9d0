"""Values by group on a grid of buckets, which is what every step of a query makes."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ddconf.alerting.groups import Group

Row = list[float | None]
"""One value for each bucket of a grid; None where there is none."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Buckets of equal length, the first one beginning at `start` (epoch seconds)."""

    start: float
    interval: float
    size: int

    @classmethod
    def over(cls, start: float, end: float, interval: float) -> Grid:
        """The buckets that begin from `start` on and before `end`, at multiples of the interval."""
        first = math.ceil(start / interval)
        return cls(first * interval, interval, max(0, math.ceil(end / interval) - first))

    @property
    def end(self) -> float:
        return self.start + self.size * self.interval

    @property
    def times(self) -> list[float]:
        return [self.start + number * self.interval for number in range(self.size)]

    def index(self, time: float) -> int:
        """The bucket that holds a time, or the first that begins at or after it if it lies between two."""
        return math.ceil((time - self.start) / self.interval)

    def shifted(self, seconds: float) -> Grid:
        return Grid(self.start + seconds, self.interval, self.size)


@dataclass(frozen=True, slots=True)
class MetricFrame:
    """Rows of a grid; a constant has no group and joins every other."""

    grid: Grid
    rows: Mapping[Group, Row]

    def each(self, change: Callable[[float], float | None]) -> MetricFrame:
        """Every value replaced; what is not a finite number becomes None."""
        return self.map(lambda row: [None if value is None else finite(change, value) for value in row])

    def map(self, change: Callable[[Row], Row]) -> MetricFrame:
        return MetricFrame(self.grid, {group: change(row) for group, row in self.rows.items()})


def finite(compute: Callable[..., float | None], *values: float) -> float | None:
    """The result if it is a finite number."""
    try:
        result = compute(*values)
    except (ArithmeticError, ValueError):
        return None
    return result if result is not None and math.isfinite(result) else None


def join(
    left: MetricFrame, right: MetricFrame, combine: Callable[[float, float], float | None]
) -> MetricFrame:
    """Rows of groups that agree on the tags they share, bucket by bucket; nothing and a value are nothing."""
    rows = {
        joined: [
            None if a is None or b is None else finite(combine, a, b)
            for a, b in zip(first, second, strict=True)
        ]
        for joined, first, second in _pairs(left.rows, right.rows)
    }
    return MetricFrame(left.grid, rows)


def _pairs(left: Mapping[Group, Row], right: Mapping[Group, Row]) -> Iterable[tuple[Group, Row, Row]]:
    for group, row in left.items():
        if group in right:
            yield group, row, right[group]
            continue
        for other, second in right.items():
            joined = join_groups(group, other)
            if joined is not None and (joined == group or joined not in left):
                yield joined, row, second


def join_groups(left: Group, right: Group) -> Group | None:
    """The tags of both; None if a key that both have has two values."""
    known = dict(left)
    if any(known.get(key, value) != value for key, value in right):
        return None
    return (*left, *((key, value) for key, value in right if key not in known))
