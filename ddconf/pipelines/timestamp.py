"""The official timestamp of a log from the text or number that a log carries.

Read are ISO 8601, milliseconds since the epoch, and the date of RFC 3164, which has no year.
https://docs.datadoghq.com/logs/log_configuration/processors/#log-date-remapper
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from ddconf.document import JSON
from ddconf.pipelines.years import nearest

Clock = Callable[[], datetime]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECONDS = re.compile(r"-?\d{1,15}")
_ISO = re.compile(
    r"(?P<year>\d{4})(?:-?(?P<month>\d\d)(?:-?(?P<day>\d\d)"
    r"(?:T(?P<hour>\d\d)(?::?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,](?P<fraction>\d{1,12}))?)?)?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?)?)?)?"
)
_RFC3164 = re.compile(
    r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) {1,2}(?P<day>\d{1,2}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):(?P<second>\d\d)"
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def parse_timestamp(value: JSON, now: Clock | None = None) -> int | None:
    """Milliseconds since the epoch, or None if it is not a date; `now` gives the year where there is none."""
    if isinstance(value, int | float) and value.__class__ is not bool:
        return int(value) if abs(value) < 1e15 else None
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _MILLISECONDS.fullmatch(text):
        return int(text)
    match = _ISO.fullmatch(text) or _RFC3164.fullmatch(text)
    return _instant(match.groupdict(), now) if match else None


def _instant(parts: dict[str, str | None], now: Clock | None) -> int | None:
    try:
        if parts.get("year"):
            return _in_year(int(parts["year"] or 0), parts)
        today = (now() if now else datetime.now(UTC)).date()
        return nearest(today, lambda year: _in_year(year, parts))
    except ValueError:
        return None


def _in_year(year: int, parts: dict[str, str | None]) -> int:
    """Milliseconds since the epoch; raises ValueError for what is not a date."""
    month = parts["month"] or "1"
    moment = datetime(
        year,
        _MONTHS.index(month) + 1 if month in _MONTHS else int(month),
        int(parts["day"] or 1),
        int(parts["hour"] or 0),
        int(parts["minute"] or 0),
        int(parts["second"] or 0),
        tzinfo=_zone(parts.get("zone")),
    )
    milliseconds = int(f"{parts.get('fraction') or '0':0<3}"[:3])
    return (moment - _EPOCH) // timedelta(milliseconds=1) + milliseconds


def _zone(text: str | None) -> timezone:
    if text is None or text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)
