"""Functions that look at another time: how many seconds back.

https://docs.datadoghq.com/dashboards/functions/timeshift/
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ddconf.alerting.uncomputable import Uncomputable

_DAY = 86_400
_BEFORE = {
    "hour_before": 3600,
    "day_before": _DAY,
    "week_before": 7 * _DAY,
    "month_before": 28 * _DAY,
}
SHIFTS = frozenset({*_BEFORE, "timeshift", "calendar_shift"})
_CALENDAR = re.compile(r"-(\d+)(d|w|mo)")


def seconds_back(name: str, arguments: Sequence[Any], at: float) -> float:
    """For a function of SHIFTS and its further arguments; a calendar is read at `at` (epoch seconds)."""
    if name in _BEFORE:
        return _BEFORE[name]
    if name == "timeshift":
        return -float(arguments[0])
    match = _CALENDAR.fullmatch(str(arguments[0]))
    if match is None:
        raise Uncomputable(f"calendar_shift by {arguments[0]!r}")
    zone = ZoneInfo(str(arguments[1])) if len(arguments) > 1 else UTC
    now = datetime.fromtimestamp(at, zone)
    return at - _earlier(now, int(match[1]), match[2]).timestamp()


def _earlier(now: datetime, count: int, unit: str) -> datetime:
    """The same local time so many days, weeks or months ago; the last day of a month that is too short."""
    if unit != "mo":
        return now - timedelta(days=count * (7 if unit == "w" else 1))
    month = now.year * 12 + now.month - 1 - count
    for day in range(now.day, 27, -1):
        try:
            return now.replace(year=month // 12, month=month % 12 + 1, day=day)
        except ValueError:
            continue
    return now.replace(year=month // 12, month=month % 12 + 1)
