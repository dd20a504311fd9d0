"""Functions of formulas, by name: a frame, its window and further arguments -> a frame.

https://docs.datadoghq.com/dashboards/functions/
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import fmean
from typing import Any

from ddconf.analytics.frame import Frame, Row
from ddconf.analytics.query import UncomputableQuery
from ddconf.analytics.window import DAY, HOUR, MINUTE, SECOND, TimeFrame

Function = Callable[..., Frame]
FUNCTIONS: dict[str, Function] = {}

_BEFORE = {"hour_before": HOUR, "day_before": DAY, "week_before": 7 * DAY, "month_before": 28 * DAY}
_UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "w": 7 * DAY, "mo": 30 * DAY}
_OVER: dict[str, Callable[[list[float]], float]] = {
    "avg": fmean,
    "mean": fmean,
    "sum": sum,
    "min": min,
    "max": max,
    "count": len,
}
_RANKED = re.compile(r"(?P<way>top|bottom)(?P<limit>\d+)")


def function(*names: str) -> Callable[[Function], Function]:
    """Register a function of formulas under its names."""

    def register(made: Function) -> Function:
        FUNCTIONS.update(dict.fromkeys(names, made))
        return made

    return register


def find_function(name: str) -> Function:
    """Raises Uncomputable for a function that is not known here."""
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    if ranked := _RANKED.fullmatch(name):
        order = "desc" if ranked["way"] == "top" else "asc"
        return lambda frame, window: top(frame, window, int(ranked["limit"]), "mean", order)
    raise UncomputableQuery(f"the function {name}() is not computed here")


def shift_of(name: str, arguments: list[Any]) -> int | None:
    """How many milliseconds a function looks back; None for one that does not."""
    if name in _BEFORE:
        return _BEFORE[name]
    if name == "timeshift" and arguments and isinstance(arguments[0], int | float):
        return round(-arguments[0] * SECOND)
    if name == "calendar_shift" and arguments:
        match = re.fullmatch(r"-(\d+)(mo|[smhdw])", str(arguments[0]))
        return int(match[1]) * _UNITS[match[2]] if match else None
    return None


@function("per_second")
def per_second(frame: Frame, window: TimeFrame) -> Frame:
    return frame.each(lambda value: value / window.seconds)


@function("per_minute")
def per_minute(frame: Frame, window: TimeFrame) -> Frame:
    return frame.each(lambda value: value * 60 / window.seconds)


@function("per_hour")
def per_hour(frame: Frame, window: TimeFrame) -> Frame:
    return frame.each(lambda value: value * 3600 / window.seconds)


@function("default_zero")
def default_zero(frame: Frame, window: TimeFrame) -> Frame:
    """Zero where there is no number; a query without facets then has a row even if it found nothing."""
    filled = frame.map(lambda row: tuple(0 if value is None else value for value in row))
    if not filled.rows and not frame.facets:
        filled = replace(filled, rows={(): (0,) * len(window.starts)})
    return replace(filled, missing=0)


@function("abs")
def absolute(frame: Frame, _window: TimeFrame) -> Frame:
    return frame.each(abs)


@function("log2")
def log2(frame: Frame, _window: TimeFrame) -> Frame:
    return frame.each(lambda value: math.log2(value) if value > 0 else None)


@function("log10")
def log10(frame: Frame, _window: TimeFrame) -> Frame:
    return frame.each(lambda value: math.log10(value) if value > 0 else None)


@function("clamp_min")
def clamp_min(frame: Frame, _window: TimeFrame, least: float) -> Frame:
    return frame.each(lambda value: max(value, least))


@function("clamp_max")
def clamp_max(frame: Frame, _window: TimeFrame, most: float) -> Frame:
    return frame.each(lambda value: min(value, most))


@function("cutoff_min")
def cutoff_min(frame: Frame, _window: TimeFrame, least: float) -> Frame:
    return frame.each(lambda value: value if value >= least else None)


@function("cutoff_max")
def cutoff_max(frame: Frame, _window: TimeFrame, most: float) -> Frame:
    return frame.each(lambda value: value if value <= most else None)


@function("cumsum")
def cumsum(frame: Frame, _window: TimeFrame) -> Frame:
    return frame.map(lambda row: tuple(accumulate(value or 0 for value in row)))


@function("diff")
def diff(frame: Frame, _window: TimeFrame) -> Frame:
    return frame.map(_differences)


@function("monotonic_diff")
def monotonic_diff(frame: Frame, window: TimeFrame) -> Frame:
    return diff(frame, window).each(lambda value: value if value >= 0 else None)


@function("derivative")
def derivative(frame: Frame, window: TimeFrame) -> Frame:
    return diff(frame, window).each(lambda value: value / window.seconds)


def _differences(row: Row) -> Row:
    return (None, *(None if a is None or b is None else b - a for a, b in pairwise(row)))


@function("moving_rollup")
def moving_rollup(frame: Frame, window: TimeFrame, seconds: float, over: str = "avg") -> Frame:
    """Each number replaced by that of the last so many seconds."""
    width = max(1, round(seconds / window.seconds))

    def rolled(row: Row) -> Row:
        spans = (row[max(0, end - width) : end] for end in range(1, len(row) + 1))
        return tuple(_over(over, span) for span in spans)

    return frame.map(rolled)


@function("top")
def top(
    frame: Frame, _window: TimeFrame, limit: float = 10, over: str = "mean", order: str = "desc"
) -> Frame:
    """The rows that come first by one number over their buckets; rows without a number come last."""
    sign = -1 if order == "desc" else 1

    def rank(row: Row) -> tuple[bool, float]:
        number = _over("mean" if over == "last" else over, row)
        return number is None, sign * (number or 0)

    best = sorted(frame.rows.items(), key=lambda item: rank(item[1]))[: int(limit)]
    return replace(frame, rows=dict(best))


def _over(name: str, row: Row) -> float | None:
    """One number of a row's numbers; raises Uncomputable for a name that means nothing."""
    if name not in _OVER:
        raise UncomputableQuery(f"nothing is called {name!r} over time")
    numbers = [value for value in row if value is not None]
    return _OVER[name](numbers) if numbers else None
