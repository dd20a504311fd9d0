"""What `{{eval ...}}`, `{{local_time ...}}` and `{{urlencode ...}}` print."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ddconf.alerting.messages.context import Context
from ddconf.alerting.messages.expression import ExpressionError, compute, parse_expression
from ddconf.alerting.messages.text import as_number, text_of
from ddconf.document import JSON

_MILLISECONDS_FROM = 10**11
"""Epochs from here on count milliseconds, those below seconds."""


def evaluate(text: str, context: Context) -> str:
    """Nothing where the expression cannot be computed."""

    def value(name: str) -> JSON:
        found = context.value(name)
        number = as_number(found) if isinstance(found, str) else None
        return found if number is None else number

    try:
        return text_of(compute(parse_expression(text), value))
    except ExpressionError:
        return ""


def local_time(name: str, zone: str, context: Context) -> str:
    """`2021-05-31 23:43:27+09:00`; nothing for an unknown zone or a variable that holds no time."""
    moment = _moment(context.value(f"{name}_epoch")) or _moment(context.value(name))
    try:
        return "" if moment is None else moment.astimezone(ZoneInfo(zone)).isoformat(" ", "seconds")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def urlencode(name: str, context: Context) -> str:
    return quote(text_of(context.value(name)), safe="")


def time_text(epoch: float) -> str:
    """How a notification writes a time in UTC: `Mon May 31 2021 14:43:27 UTC`."""
    return datetime.fromtimestamp(epoch, UTC).strftime(_FORMAT)


_FORMAT = "%a %b %d %Y %H:%M:%S UTC"


def _moment(value: JSON) -> datetime | None:
    if isinstance(value, str):
        number = as_number(value)
        return _parsed(value) if number is None else _moment(number)
    if not isinstance(value, int | float):
        return None
    return datetime.fromtimestamp(value / 1000 if value >= _MILLISECONDS_FROM else value, UTC)


def _parsed(text: str) -> datetime | None:
    try:
        moment = datetime.strptime(text, _FORMAT)
    except ValueError:
        try:
            moment = datetime.fromisoformat(text.removesuffix(" UTC"))
        except ValueError:
            return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
