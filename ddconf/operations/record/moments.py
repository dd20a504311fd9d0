"""Moments as people write them for a recording: an age, or a date with or without a time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import TimeRange

_AGE = re.compile(r"(?P<number>\d{1,4})(?P<unit>[smhdw])")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}


def moment(text: str, now: datetime) -> datetime:
    """`15m`, `4h` or `1d` before now, `now`, `2026-11-23` or `2026-11-23T05:00+01:00` (or else in UTC).

    Raises DdconfError for anything else.
    """
    if text == "now":
        return now
    if found := _AGE.fullmatch(text.removeprefix("now-")):
        return now - timedelta(seconds=int(found["number"]) * _UNITS[found["unit"]])
    try:
        date = datetime.fromisoformat(text if len(text) != len("2026-11-23T05") else f"{text}:00")
    except ValueError:
        hint = "write an age such as 15m, 4h or 1d, or a time such as 2026-11-23T05:00"
        raise DdconfError(Diagnostic(f"no time '{text}'", hint=hint)) from None
    return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)


def time_range(begin: str, end: str, now: datetime) -> TimeRange:
    """From one moment to another; raises DdconfError where the first is not before the second."""
    first, last = moment(begin, now), moment(end, now)
    if first >= last:
        raise DdconfError(f"--from {begin} is not before --to {end}")
    return TimeRange(first, last)
