"""A time in a query -> milliseconds: ISO 8601, epoch milliseconds, date math as `now-15m` and `now/d`."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from ddconf.document import JSON
from ddconf.emulator.wire import texts

_MATH = re.compile(r"now(?P<steps>(?:[+-]\d+[smhdwMy])*)(?:/(?P<round>[smhdwMy]))?")
_STEP = re.compile(r"(?P<number>[+-]\d+)(?P<unit>[smhdwMy])")
_DAYS = {"d": 1, "w": 7, "M": 30, "y": 365}
_SECONDS = {"s": 1, "m": 60, "h": 3600}


def read_time(value: JSON, now: datetime) -> int:
    """Raises a Refusal (400) for what is not a time."""
    text = str(value)
    if math := _MATH.fullmatch(text):
        moment = now
        for step in _STEP.finditer(math["steps"]):
            moment += int(step["number"]) * _span(step["unit"])
        return _milliseconds(_rounded(moment, math["round"]) if math["round"] else moment)
    try:
        if re.fullmatch(r"-?\d+(\.\d+)?", text):
            return int(float(text))
        moment = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise texts(400, f"Invalid time: {text}") from None
    return _milliseconds(moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def iso(moment: int) -> str:
    """`2026-05-04T12:00:00.000Z` of milliseconds."""
    when = datetime.fromtimestamp(moment // 1000, UTC)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{moment % 1000:03}Z"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _span(unit: str) -> timedelta:
    return timedelta(seconds=_SECONDS[unit]) if unit in _SECONDS else timedelta(days=_DAYS[unit])


def _rounded(moment: datetime, unit: str) -> datetime:
    """The beginning of the unit that a moment is in; a week begins on Monday."""
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    if unit == "w":
        return day - timedelta(days=day.weekday())
    return {
        "s": moment.replace(microsecond=0),
        "m": moment.replace(second=0, microsecond=0),
        "h": moment.replace(minute=0, second=0, microsecond=0),
        "d": day,
        "M": day.replace(day=1),
        "y": day.replace(month=1, day=1),
    }[unit]
