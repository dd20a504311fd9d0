"""The time that an evaluation looks at, how often it happens, and whether the window is full.

https://docs.datadoghq.com/monitors/configuration/#evaluation-window
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from ddconf.document import JSON
from ddconf.queries.windows import Window

MINUTE, HOUR, DAY = 60, 3600, 86_400
_MONTH = 28 * DAY
_MOST_EMPTY = 3
_BUCKETS = {"s": MINUTE, "m": MINUTE, "h": 10 * MINUTE, "d": HOUR, "w": HOUR, "mo": 4 * HOUR}
Span = tuple[float, float]
"""Epoch seconds; what lies on the first is outside, what lies on the last inside."""


def every(window: Window) -> int:
    """Seconds between evaluations."""
    if window.seconds < DAY:
        return MINUTE
    return 10 * MINUTE if window.seconds < 2 * DAY else 30 * MINUTE


def bucket(window: Window) -> int:
    """Seconds of the buckets by which `require_full_window` and, where the query has no rollup, metrics go.

    How far a monitor rolls up is not documented; those of the full window are the best guess.
    """
    return _BUCKETS[window.duration.unit]


def is_full(buckets: Sequence[bool]) -> bool:
    """Do the buckets that hold a point make a full window: the first one, and all but three?

    https://docs.datadoghq.com/monitors/types/metric/#data-window
    """
    return bool(buckets) and buckets[0] and buckets.count(False) <= _MOST_EMPTY


@dataclass(frozen=True, slots=True)
class EvaluationWindow:
    """A monitor's window as its query and options say it."""

    window: Window
    delay: float = 0
    starts: Starts | None = None

    def span(self, at: float) -> Span:
        end = at - self.delay
        if self.window.relation == "current":
            return (self.starts or Starts()).before(end, self.window), end
        return end - self.window.seconds, end


@dataclass(frozen=True, slots=True)
class Starts:
    """When cumulative windows begin anew: minutes after the hour, a time of the day, a day of the month."""

    minute: int = 0
    time_of_day: str = "00:00"
    day: int = 1
    zone: tzinfo = UTC

    @classmethod
    def read(cls, scheduling: Mapping[str, JSON] | None) -> Starts | None:
        """From a monitor's `scheduling_options`; None if they say nothing about it."""
        window = (scheduling or {}).get("evaluation_window")
        if not window:
            return None
        zone = window.get("timezone")
        return cls(
            int(window.get("hour_starts") or 0),
            str(window.get("day_starts") or "00:00"),
            int(window.get("month_starts") or 1),
            ZoneInfo(zone) if zone else UTC,
        )

    def before(self, end: float, window: Window) -> float:
        """The last beginning before `end`, or the one before that if it is `end` itself."""
        moment = datetime.fromtimestamp(end, self.zone)
        if window.duration.unit == "h":
            start = moment.replace(minute=self.minute, second=0, microsecond=0)
            return _back(start, timedelta(hours=1), end)
        hour, _, minute = self.time_of_day.partition(":")
        start = moment.replace(hour=int(hour), minute=int(minute or 0), second=0, microsecond=0)
        if window.duration.unit == "d":
            return _back(start, timedelta(days=1), end)
        start = start.replace(day=self.day)
        return start.timestamp() if start.timestamp() < end else _month_before(start).timestamp()


def _back(start: datetime, step: timedelta, end: float) -> float:
    return start.timestamp() if start.timestamp() < end else (start - step).timestamp()


def _month_before(moment: datetime) -> datetime:
    year, month = (moment.year, moment.month - 1) if moment.month > 1 else (moment.year - 1, 12)
    return moment.replace(year=year, month=month, day=min(moment.day, calendar.monthrange(year, month)[1]))


def recovery_window(trigger_window: float, threshold: float) -> Span:
    """The shortest and the longest recovery window of an anomaly monitor, in seconds.

    https://docs.datadoghq.com/monitors/types/anomaly/
    """
    return trigger_window * (1 - threshold) + MINUTE, trigger_window
