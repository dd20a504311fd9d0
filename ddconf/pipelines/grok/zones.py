"""Time zones of date formats: the name or offset as written -> a tzinfo."""

from __future__ import annotations

import re
from datetime import UTC, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

_OFFSET = re.compile(r"(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2})(?::?(\d{2}))?)?\Z", re.ASCII)
_MOST_HOURS = 18

_ABBREVIATIONS = {
    "NST": -3.5, "NDT": -2.5, "AST": -4, "ADT": -3, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10, "BRT": -3, "ART": -3, "WEST": 1,
    "BST": 1, "CEST": 2, "MEST": 2, "EEST": 3, "MSK": 3, "SAST": 2, "EAT": 3, "WAT": 1, "CAT": 2, "GST": 4,
    "PKT": 5, "IST": 5.5, "ICT": 7, "WIB": 7, "HKT": 8, "SGT": 8, "AWST": 8, "JST": 9, "KST": 9, "ACST": 9.5,
    "ACDT": 10.5, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13,
}  # fmt: skip
"""Hours east of UTC; names that are in the tz database (CET, EET, WET, MET) follow its rules instead."""


@lru_cache(maxsize=1024)
def find_zone(text: str) -> tzinfo | None:
    """`UTC`, `Z`, `+3`, `+03:00`, `GMT+3`, `CET`, `ADT` or `America/New_York` -> zone; None if unknown."""
    if text in ("UTC", "GMT", "UT", "Z"):
        return UTC
    if match := _OFFSET.match(text):
        return _offset(match)
    if (hours := _ABBREVIATIONS.get(text.upper())) is not None:
        return timezone(timedelta(hours=hours))
    try:
        return ZoneInfo(text)
    except (OSError, ValueError, KeyError):
        return None


def _offset(match: re.Match[str]) -> tzinfo | None:
    hours, minutes, seconds = (int(match[group] or 0) for group in (2, 3, 4))
    distance = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    if minutes > 59 or seconds > 59 or distance > timedelta(hours=_MOST_HOURS):
        return None
    return timezone(distance if match[1] == "+" else -distance)
