"""Functions of metric queries, by name: a frame and further arguments -> a frame.

https://docs.datadoghq.com/dashboards/functions/
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import accumulate, islice
from statistics import median

from ddconf.alerting.groups import NOT_AVAILABLE
from ddconf.alerting.metrics.aggregate import aggregate
from ddconf.alerting.metrics.frame import MetricFrame, Row, finite
from ddconf.alerting.uncomputable import MODELS, Uncomputable

Function = Callable[..., MetricFrame]
FUNCTIONS: dict[str, Function] = {}
FROM_THE_WINDOW = frozenset({"cumsum", "integral"})
"""They begin anew where the window begins."""

_SPANNED = re.compile(r"(ewma|median|rollingavg)_(\d+)")
_RANKED = re.compile(r"(?P<way>top|bottom)(?P<limit>\d+)(?:_(?P<by>\w+))?")


def function(*names: str) -> Callable[[Function], Function]:
    def register(made: Function) -> Function:
        FUNCTIONS.update(dict.fromkeys(names, made))
        return made

    return register


def find_function(name: str) -> Function:
    """Raises Uncomputable."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    if spanned := _SPANNED.fullmatch(name):
        return lambda frame: frame.map(lambda row: _SPANS[spanned[1]](row, int(spanned[2])))
    if ranked := _RANKED.fullmatch(name):
        order = "desc" if ranked["way"] == "top" else "asc"
        return lambda frame: top(frame, int(ranked["limit"]), ranked["by"] or "mean", order)
    raise Uncomputable(f"{name}()" if name in MODELS else f"the function {name}()")


@function("abs")
def absolute(frame: MetricFrame) -> MetricFrame:
    return frame.each(abs)


@function("log2")
def log2(frame: MetricFrame) -> MetricFrame:
    return frame.each(math.log2)


@function("log10")
def log10(frame: MetricFrame) -> MetricFrame:
    return frame.each(math.log10)


@function("round")
def rounded(frame: MetricFrame, digits: float = 0) -> MetricFrame:
    return frame.each(lambda value: round(value, int(digits)))


@function("min")
def at_most(frame: MetricFrame, other: float) -> MetricFrame:
    return frame.each(lambda value: min(value, other))


@function("max")
def at_least(frame: MetricFrame, other: float) -> MetricFrame:
    return frame.each(lambda value: max(value, other))


@function("clamp_min")
def clamp_min(frame: MetricFrame, least: float) -> MetricFrame:
    return frame.each(lambda value: max(value, least))


@function("clamp_max")
def clamp_max(frame: MetricFrame, most: float) -> MetricFrame:
    return frame.each(lambda value: min(value, most))


@function("cutoff_min")
def cutoff_min(frame: MetricFrame, least: float) -> MetricFrame:
    return frame.each(lambda value: value if value >= least else None)


@function("cutoff_max")
def cutoff_max(frame: MetricFrame, most: float) -> MetricFrame:
    return frame.each(lambda value: value if value <= most else None)


@function("cumsum")
def cumsum(frame: MetricFrame) -> MetricFrame:
    return frame.map(lambda row: _running(row, 1))


@function("integral")
def integral(frame: MetricFrame) -> MetricFrame:
    return frame.map(lambda row: _running(row, frame.grid.interval))


def _running(row: Row, factor: float) -> Row:
    sums = accumulate((value or 0) * factor for value in row)
    return [None if value is None else total for value, total in zip(row, sums, strict=True)]


@function("diff")
def diff(frame: MetricFrame) -> MetricFrame:
    return frame.map(lambda row: _steps(row, lambda value, before, _: value - before))


@function("monotonic_diff")
def monotonic_diff(frame: MetricFrame) -> MetricFrame:
    """Only upwards: a counter that begins anew makes no step."""
    return frame.map(
        lambda row: _steps(row, lambda value, before, _: value - before if value >= before else None)
    )


@function("dt")
def dt(frame: MetricFrame) -> MetricFrame:
    """Seconds between points; one row, whatever the groups."""
    rows = frame.map(lambda row: _steps(row, lambda _value, _before, steps: steps * frame.grid.interval)).rows
    return MetricFrame(frame.grid, {(): next(iter(rows.values()))} if rows else {})


@function("derivative", "rate", "per_second")
def derivative(frame: MetricFrame) -> MetricFrame:
    return _per(frame, 1)


@function("per_minute")
def per_minute(frame: MetricFrame) -> MetricFrame:
    return _per(frame, 60)


@function("per_hour")
def per_hour(frame: MetricFrame) -> MetricFrame:
    return _per(frame, 3600)


def _per(frame: MetricFrame, seconds: float) -> MetricFrame:
    scale = seconds / frame.grid.interval
    return frame.map(lambda row: _steps(row, lambda value, before, steps: (value - before) / steps * scale))


def _steps(row: Row, step: Callable[[float, float, int], float | None]) -> Row:
    """From each value to the one before it, however many empty buckets lie between."""
    result: Row = []
    before: tuple[int, float] | None = None
    for index, value in enumerate(row):
        if value is None:
            result.append(None)
            continue
        result.append(None if before is None else step(value, before[1], index - before[0]))
        before = (index, value)
    return result


@function("throughput")
def throughput(frame: MetricFrame) -> MetricFrame:
    return frame.each(lambda value: value / frame.grid.interval)


@function("count_nonzero")
def count_nonzero(frame: MetricFrame) -> MetricFrame:
    return _counted(frame, lambda value: value is not None and value != 0)


@function("count_not_null")
def count_not_null(frame: MetricFrame) -> MetricFrame:
    return _counted(frame, lambda value: value is not None)


def _counted(frame: MetricFrame, counts: Callable[[float | None], bool]) -> MetricFrame:
    """The number of groups, in a row without a group."""
    columns = zip(*frame.rows.values(), strict=True)
    row: Row = [sum(counts(value) for value in column) for column in columns]
    return MetricFrame(frame.grid, {(): row} if frame.rows else {})


@function("exclude_null")
def exclude_null(frame: MetricFrame) -> MetricFrame:
    rows = {
        group: row for group, row in frame.rows.items() if all(value != NOT_AVAILABLE for _, value in group)
    }
    return MetricFrame(frame.grid, rows)


@function("top")
def top(frame: MetricFrame, limit: float = 10, by: str = "mean", order: str = "desc") -> MetricFrame:
    """The rows that come first by one number over their buckets; rows without a number come last."""
    sign = -1 if order == "desc" else 1

    def rank(row: Row) -> tuple[bool, float]:
        values = [value for value in row if value is not None]
        number = sum(values) * frame.grid.interval if by == "area" else aggregate(by, values)
        return not values, sign * (number or 0)

    best = sorted(frame.rows.items(), key=lambda item: rank(item[1]))
    return MetricFrame(frame.grid, dict(islice(best, int(limit))))


@function("moving_rollup")
def moving_rollup(frame: MetricFrame, seconds: float, by: str = "avg") -> MetricFrame:
    """Each value replaced by that of the last so many seconds."""
    width = max(1, round(seconds / frame.grid.interval))
    return frame.map(lambda row: _trailing(row, width, lambda values: aggregate(by, values)))


def _trailing(row: Row, width: int, compute: Callable[[list[float]], float | None]) -> Row:
    result: Row = []
    for end in range(1, len(row) + 1):
        values = [value for value in row[max(0, end - width) : end] if value is not None]
        result.append(compute(values) if values else None)
    return result


def _ewma(row: Row, span: int) -> Row:
    """Weights of 2 / (span + 1), starting from the first value; how Datadog starts is not known."""
    weight, mean, result = 2 / (span + 1), None, list[float | None]()
    for value in row:
        if value is not None:
            mean = value if mean is None else weight * value + (1 - weight) * mean
        result.append(None if value is None else mean)
    return result


def _median(row: Row, span: int) -> Row:
    return _trailing(row, span, median)


def _rolling(row: Row, span: int) -> Row:
    return _trailing(row, span, lambda values: finite(lambda: sum(values) / len(values)))


_SPANS: dict[str, Callable[[Row, int], Row]] = {"ewma": _ewma, "median": _median, "rollingavg": _rolling}
