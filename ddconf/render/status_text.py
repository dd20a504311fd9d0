"""Statuses of a group over time as lines of characters, before and after a change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

from ddconf.alerting.comparison import MonitorEffect, StatusComparison
from ddconf.alerting.messages.text import text_of
from ddconf.alerting.run_record import GroupRecord, Points
from ddconf.alerting.status import Status
from ddconf.alerting.windows import Span

_WIDTH = 60
_BARS = "▁▂▃▄▅▆▇█"
_SIGNS = {Status.OK: "·", Status.WARN: "w", Status.ALERT: "A", Status.NO_DATA: "?", Status.UNKNOWN: "?"}
_NONE = " "


def effect_lines(effect: MonitorEffect) -> list[str]:
    """What a change does in words, then its charts."""
    charts = [line for chart in effect.charts for line in chart_lines(chart)]
    return [*effect.lines, *charts, *([legend()] if charts else [])]


def chart_lines(chart: StatusComparison) -> Iterator[str]:
    """A heading, the values as bars, and a row of statuses each for before and after."""
    columns = _columns(chart.run)
    start, end = (time_text(chart, at) for at in chart.run)
    yield f"{chart.title}, {start} to {end}:"
    values = chart.after.values or chart.before.values
    if bars := _bars(values, columns):
        known = [value for _, value in values if value is not None]
        yield f"  value   {bars}  {number_text(min(known))} to {number_text(max(known))}"
    for name, record in (("before", chart.before), ("after", chart.after)):
        yield f"  {name:7} {_row(record, columns)}".rstrip()


def legend() -> str:
    """What the characters of a row mean."""
    shown = {sign: status for status, sign in _SIGNS.items() if status is not Status.UNKNOWN}
    return f"({', '.join(f'{sign} {status}' for sign, status in shown.items())})"


def time_text(chart: StatusComparison, at: float) -> str:
    """`1:30` after the start of a case; a time of the day for sample logs."""
    if chart.is_sample:
        return datetime.fromtimestamp(at, UTC).strftime("%H:%M")
    return str(timedelta(seconds=round(at - chart.run[0])))[:-3]


def number_text(value: float) -> str:
    return text_of(float(f"{value:.4g}"))


def _columns(run: Span) -> list[Span]:
    """One a minute, or as many as there is room for."""
    start, end = run
    number = max(1, min(_WIDTH, round((end - start) / 60)))
    width = (end - start) / number
    return [(start + place * width, start + (place + 1) * width) for place in range(number)]


def _bars(values: Points, columns: Sequence[Span]) -> str:
    """Empty where there is no value at all; a column shows the highest of its own."""
    known = [value for _, value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)

    def bar(column: Span) -> str:
        own = [value for at, value in values if column[0] < at <= column[1] and value is not None]
        if not own:
            return _NONE
        return _BARS[round((max(own) - low) / (high - low) * (len(_BARS) - 1)) if high > low else 0]

    return "".join(map(bar, columns))


def _row(record: GroupRecord, columns: Sequence[Span]) -> str:
    """The worst status that begins in each column, or holds at its end."""

    def sign(column: Span) -> str:
        begun = [status for since, status in record.statuses if column[0] < since <= column[1]]
        last = record.status(column[1])
        return _SIGNS[max((last, *begun), key=lambda status: status.severity)] if last else _NONE

    return "".join(map(sign, columns))
