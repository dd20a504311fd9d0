"""When a monitor is evaluated: cumulative windows and custom schedules.

https://docs.datadoghq.com/monitors/guide/custom_schedules/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ddconf.document import Document, get
from ddconf.queries.monitor import MonitorBody
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.problem import QueryProblem

_PATH = ("options", "scheduling_options")
_CLOCK = re.compile(r"([01]?\d|2[0-3]):[0-5]\d")
_FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_MUST_BE_CURRENT = (
    "Monitors with an evaluation_window scheduling_option must have a current query period and vice versa."
)
_STARTS = {"1h": "hour_starts", "1d": "day_starts", "1mo": "month_starts"}


def scheduling_problems(monitor: MonitorBody) -> Iterator[QueryProblem]:
    """An evaluation window without a cumulative query or the reverse, and schedules Datadog refuses."""
    options = monitor.options.get("scheduling_options")
    evaluation = get(options, ("evaluation_window",)) if isinstance(options, dict) else None
    query = monitor.query
    if isinstance(query, MetricAlert):
        current = query.window.relation == "current"
        if current and not evaluation:
            hint = f"add scheduling_options.evaluation_window.{_STARTS.get(str(query.window.duration), '')}"
            yield QueryProblem(
                ("query",),
                "a cumulative window without evaluation_window",
                hint.rstrip("."),
                query.window_span[0],
                query.window_span[1] - query.window_span[0],
                _MUST_BE_CURRENT,
                rule="current-without-window",
            )
        if evaluation and not current:
            hint = "write for example avg(current_1h): in the query"
            message = "evaluation_window without a cumulative window in the query"
            yield QueryProblem(
                (*_PATH, "evaluation_window"),
                message,
                hint,
                answer=_MUST_BE_CURRENT,
                rule="current-without-window",
            )
    if isinstance(evaluation, dict):
        yield from _window_problems(evaluation, monitor)
    schedule = get(options, ("custom_schedule",)) if isinstance(options, dict) else None
    if isinstance(schedule, dict):
        yield from _schedule_problems(schedule, monitor)


def _window_problems(evaluation: Document, monitor: MonitorBody) -> Iterator[QueryProblem]:
    path = (*_PATH, "evaluation_window")
    given = {name for name in _STARTS.values() if evaluation.get(name) is not None}
    if "hour_starts" in given and len(given) > 1:
        yield QueryProblem(
            (*path, "hour_starts"),
            "hour_starts stands alone",
            "remove day_starts and month_starts",
            rule="invalid-option",
        )
    if "month_starts" in given and "day_starts" not in given:
        yield QueryProblem(
            (*path, "month_starts"),
            "month_starts without day_starts",
            'add day_starts: "00:00"',
            rule="invalid-option",
        )
    hour, day, month = (evaluation.get(name) for name in _STARTS.values())
    if hour is not None and (isinstance(hour, bool) or not isinstance(hour, int) or not 0 <= hour <= 59):
        yield QueryProblem(
            (*path, "hour_starts"), f"hour_starts {hour!r}", "the minute: 0 to 59", rule="invalid-option"
        )
    if day is not None and not _CLOCK.fullmatch(str(day)):
        yield QueryProblem(
            (*path, "day_starts"), f"day_starts {day!r}", 'the time of day: "04:00"', rule="invalid-option"
        )
    if month is not None and month != 1:
        outside = isinstance(month, bool) or not isinstance(month, int) or not 1 <= month <= 31
        hint = "the month starts on day 1"
        yield QueryProblem(
            (*path, "month_starts"),
            f"month_starts {month!r}",
            hint,
            warning=not outside,
            rule="invalid-option",
        )
    query = monitor.query
    if isinstance(query, MetricAlert) and query.window.relation == "current":
        wanted = _STARTS.get(str(query.window.duration))
        if wanted and given and wanted not in given:
            yield QueryProblem(
                path, f"{query.window} needs {wanted}", f"add {wanted}", rule="current-without-window"
            )


def _schedule_problems(schedule: Document, monitor: MonitorBody) -> Iterator[QueryProblem]:
    path = (*_PATH, "custom_schedule", "recurrences")
    recurrences = schedule.get("recurrences")
    if not isinstance(recurrences, list) or len(recurrences) != 1:
        yield QueryProblem(path, "a custom schedule has one recurrence", rule="invalid-option")
        return
    yield from _rule_problems((*path, 0, "rrule"), get(recurrences[0], ("rrule",)))
    if monitor.options.get("require_full_window") is True:
        where = ("options", "require_full_window")
        yield QueryProblem(
            where, "require_full_window with a custom schedule", "write false", rule="invalid-option"
        )
    if monitor.is_metric and monitor.options.get("on_missing_data") is None:
        yield QueryProblem(
            _PATH,
            "a custom schedule without on_missing_data",
            "add on_missing_data: show_no_data",
            rule="schedule-without-missing-data",
        )


def _rule_problems(path: tuple[str | int, ...], rule: Any) -> Iterator[QueryProblem]:
    parts = dict(part.partition("=")[::2] for part in str(rule or "").upper().split(";"))
    for name in ("DTSTART", "DTEND", "DURATION"):
        if name in parts:
            yield QueryProblem(
                path,
                f"{name} in a recurrence",
                "the start stands in `start`, beside rrule",
                rule="invalid-option",
            )
    if parts.get("FREQ") not in _FREQUENCIES:
        yield QueryProblem(
            path,
            "FREQ is missing or too frequent",
            "FREQ=DAILY, WEEKLY, MONTHLY or YEARLY",
            rule="invalid-option",
        )
