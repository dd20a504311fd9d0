"""SLOs over time, and the values of the monitors that watch them.

https://docs.datadoghq.com/service_level_objectives/burn_rate/
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.machine import Reading
from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid, Row
from ddconf.alerting.slo import Target, is_up, of_events
from ddconf.alerting.sources import History
from ddconf.alerting.status import Status
from ddconf.alerting.windows import MINUTE, Span
from ddconf.queries.tree import Expression
from ddconf.queries.windows import duration

GoodAndTotal = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Correction:
    """A time that does not count, in epoch seconds."""

    start: float
    end: float

    def covers(self, time: float) -> bool:
        return self.start <= time < self.end


class Tally:
    """Good and total by minute, summed over any time: events of a metric SLO, seconds of the others."""

    def __init__(self, start: float, good: Sequence[float], total: Sequence[float]) -> None:
        self.start = start
        self._good = [0.0, *accumulate(good)]
        self._total = [0.0, *accumulate(total)]

    def between(self, start: float, end: float) -> GoodAndTotal:
        """What lies before the first or after the last minute counts for nothing."""
        low, high = self._index(start), self._index(end)
        return self._good[high] - self._good[low], self._total[high] - self._total[low]

    def sli(self, start: float, end: float) -> float | None:
        return of_events(*self.between(start, end))

    def error_rate(self, start: float, end: float) -> float | None:
        good, total = self.between(start, end)
        return (total - good) / total if total else None

    def _index(self, time: float) -> int:
        return min(max(0, int((time - self.start) // MINUTE)), len(self._good) - 1)


def metric_tallies(
    good: Expression,
    total: Expression,
    material: QueryInputs,
    run: Span,
    corrections: Sequence[Correction] = (),
) -> dict[Group, Tally]:
    """Of a metric SLO, by the groups of its queries; what is corrected is left out."""
    grid = Grid.over(run[0], run[1], MINUTE)
    evaluation = Evaluation(material, grid, run[1])
    goods, totals = evaluation.frame(good).rows, evaluation.frame(total).rows
    counted = [not any(item.covers(time) for item in corrections) for time in grid.times]
    return {
        group: Tally(grid.start, _counted(goods.get(group), counted), _counted(row, counted))
        for group, row in totals.items()
    }


def _counted(row: Row | None, counted: Sequence[bool]) -> list[float]:
    values = row or [None] * len(counted)
    return [(value or 0) if is_counted else 0 for value, is_counted in zip(values, counted, strict=True)]


def slice_tallies(
    expression: Expression,
    is_good: Callable[[float], bool],
    material: QueryInputs,
    run: Span,
    corrections: Sequence[Correction] = (),
    seconds: int = 300,
) -> dict[Group, Tally]:
    """Of a time slice SLO, by group, and under the group of everything: there a slice is good where all are.

    Slices without data and corrected ones are uptime.
    """
    grid = Grid.over(run[0], run[1], seconds)
    rows = Evaluation(material, grid, run[1]).frame(expression).rows
    corrected = [any(item.covers(time) for item in corrections) for time in grid.times]
    found = {
        group: [
            value is None or is_corrected or is_good(value)
            for value, is_corrected in zip(row, corrected, strict=True)
        ]
        for group, row in rows.items()
    }
    whole = [all(moment) for moment in zip(*found.values(), strict=True)]
    found.setdefault(EVERYTHING, whole)
    return {group: _by_minute(grid, slices) for group, slices in found.items()}


def _by_minute(grid: Grid, slices: Sequence[bool]) -> Tally:
    minutes = round(grid.interval / MINUTE)
    good = [MINUTE * is_good for is_good in slices for _ in range(minutes)]
    return Tally(grid.start, good, [MINUTE] * len(good))


def monitor_tally(
    histories: Sequence[tuple[History, bool]], run: Span, corrections: Sequence[Correction] = ()
) -> Tally:
    """Of a monitor SLO: down whenever a group of one of its monitors is.

    Each history comes with whether its monitor tells of missing data; corrected time is left out.
    """
    grid = Grid.over(run[0], run[1], MINUTE)
    good, total = [], []
    for time in grid.times:
        counts = not any(item.covers(time) for item in corrections)
        up = all(
            is_up(_status(statuses, time), tells_no_data=tells)
            for history, tells in histories
            for statuses in history.values()
        )
        good.append(MINUTE * (up and counts))
        total.append(MINUTE * counts)
    return Tally(grid.start, good, total)


def _status(statuses: Sequence[tuple[float, Status]], time: float) -> Status:
    now = Status.OK
    for since, status in statuses:
        if since > time:
            break
        now = status
    return now


@dataclass(frozen=True)
class SloSource:
    """What an SLO alert compares: the smaller burn rate of both windows, or percent of budget consumed."""

    target: Target
    tallies: Mapping[Group, Tally]
    timeframe: float
    long_window: float | None = None
    short_window: float | None = None

    def read(self, at: float) -> dict[Group, Reading]:
        return {group: self._value(tally, at) for group, tally in self.tallies.items()}

    def last_point(self, group: Group, at: float) -> float:
        return at

    def burn_rates(self, group: Group, at: float) -> tuple[float | None, float | None]:
        """Of the long and of the short window."""
        tally = self.tallies[group]
        return self._burn_rate(tally, at, self.long_window), self._burn_rate(tally, at, self.short_window)

    def _value(self, tally: Tally, at: float) -> float | None:
        if self.long_window is None:
            sli = tally.sli(at - self.timeframe, at)
            return None if sli is None else self.target.budget_consumed(sli)
        windows = (self.long_window, self.short_window or self.long_window)
        rates = [self._burn_rate(tally, at, window) for window in windows]
        known = [rate for rate in rates if rate is not None]
        return min(known) if len(known) == len(rates) else None

    def _burn_rate(self, tally: Tally, at: float, window: float | None) -> float | None:
        rate = None if window is None else tally.error_rate(at - window, at)
        return None if rate is None else self.target.burn_rate(rate)


def seconds(text: str | None) -> float | None:
    """`1h` in seconds."""
    found = duration(text or "")
    return found.seconds if found else None
