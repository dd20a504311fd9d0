"""Dates in Joda letters: one format -> the tree of the text it takes, and a function from text to milliseconds.

https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TypeAlias

from ddconf.pipelines.grok.emit import FLAGS, emit
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.locales import LANGUAGES, Locale, find_locale
from ddconf.pipelines.grok.registry import ArgumentError, Clock, FilterError, Matched
from ddconf.pipelines.grok.tree import Scope
from ddconf.pipelines.grok.zones import find_zone

_PIECE = re.compile(r"(?P<letters>([A-Za-z])\2*)|'(?P<quoted>(?:[^']|'')*)'|(?P<literal>[^A-Za-z'])")
_FIELDS = {
    "Y": "year", "y": "year", "x": "weekyear", "w": "week", "e": "weekday", "D": "day_of_year", "d": "day",
    "M": "month", "a": "half", "H": "hour", "k": "hour_to_24", "K": "hour_to_11", "h": "hour_to_12", "m": "minute",
    "s": "second", "S": "fraction", "z": "zone", "Z": "zone", "E": "day_name",
}  # fmt: skip
_OFFSET = r"(?:Z|[+-]\d\d:?\d\d)"
_ZONE, _LONG_ZONE = r"[A-Za-z]+(?:[+-]\d{1,2}(?::?\d\d)?)?", r"[A-Za-z]\w*(?:[/+-]\w+)*"
_SHORT_NAME, _NAME = "[A-Za-z]{3}", r"[^\s\d,;:/.]+\.?"
_MOST_DIGITS = 9
_EPOCH_DAY, _DAY_SECONDS = date(1970, 1, 1).toordinal(), 86_400
_LAST_OF_TWO_DIGITS = 68
"""Two digits up to here are years of this century, from the next on of the last."""

Piece: TypeAlias = tuple[str, str]
"""A field, or "" for text between fields, and the Java regex for what it takes."""


def date_matcher(format: str, zone: str, locale: str, now: Clock) -> Matched:
    """The meaning of `date(format, zone, locale)`; raises ArgumentError for what is unknown in them."""
    names = find_locale(locale or "en")
    if names is None:
        raise ArgumentError(f"the locale '{locale}' is unknown, known are {', '.join(LANGUAGES)}")
    default = find_zone(zone) if zone else UTC
    if default is None:
        raise ArgumentError(f"the time zone '{zone}' is unknown")
    pieces = _pieces(format, "en" if not locale else names.language)
    tree = parse_pattern("".join(pattern for _, pattern in pieces), tokens=False)
    return Matched(Scope(tree), _Reader(pieces, default, names, now))


def _pieces(format: str, language: str) -> list[Piece]:
    """format := { letters | "'" text "'" | other character }"""
    pieces: list[Piece] = []
    at = 0
    while at < len(format):
        match = _PIECE.match(format, at)
        if match is None:
            raise ArgumentError(f"a quote in the format '{format}' is not closed")
        at = match.end()
        if letters := match["letters"]:
            pieces.append(_field(letters, format, language))
        else:
            literal = match["literal"] or match["quoted"].replace("''", "'") or "'"
            pieces.append(("", re.sub(r"([^\w\s])", r"\\\1", literal)))
    if not any(field for field, _ in pieces):
        raise ArgumentError("the format has no date letter")
    return pieces


def _field(letters: str, format: str, language: str) -> Piece:
    letter, count = letters[0], len(letters)
    field = _FIELDS.get(letter)
    if field is None:
        raise ArgumentError(f"'{letter}' in '{format}' is no date letter; put text into single quotes")
    if letter == "E" or (letter == "M" and count > 2):
        return f"{field}_name", _SHORT_NAME if count == 3 and language == "en" else _NAME
    if field == "zone":
        return field, _OFFSET if letter == "Z" and count < 3 else _ZONE if count < 4 else _LONG_ZONE
    if letter == "a":
        return field, "(?i:[ap]m)"
    if letter == "S" and count > _MOST_DIGITS:
        raise ArgumentError(f"more than {_MOST_DIGITS} digits of a second in '{format}'")
    if field in ("year", "weekyear"):
        return ("short_year", r"\d{2}") if count == 2 else (field, rf"\d{{{max(count, 4)}}}")
    if count == 1 and letter not in "Se":
        return field, r"\d{1,3}" if letter == "D" else r"\d{1,2}"
    return field, rf"\d{{{count}}}"


class _Reader:
    """Text in one format -> milliseconds since the epoch; called for every log, hence the caches."""

    def __init__(self, pieces: list[Piece], default: tzinfo, names: Locale, now: Clock) -> None:
        self.fields = [field for field, _ in pieces if field]
        parts = ((field, emit(parse_pattern(pattern, tokens=False)).pattern) for field, pattern in pieces)
        expression = "".join(f"({part})" if field else part for field, part in parts)
        self.expression = re.compile(expression, FLAGS)
        self.default, self.names, self.now = default, names, now
        has_year = not {"year", "short_year", "weekyear"}.isdisjoint(self.fields)
        has_date = not {"month", "month_name", "day", "day_of_year", "week", "weekday"}.isdisjoint(
            self.fields
        )
        self.wants_clock = has_date and not has_year
        self.read = lru_cache(maxsize=1024)(self.milliseconds)

    def __call__(self, text: str) -> int:
        # Without any date, D counts from the epoch's day; with a date that lacks the year, from this year.
        return self.read(text, self.now().year if self.wants_clock else 1970)

    def milliseconds(self, text: str, year: int) -> int:
        match = self.expression.fullmatch(text)
        if match is None:
            raise FilterError(text)
        found = dict(zip(self.fields, match.groups(), strict=True))
        try:
            day = _day(found, year, self.names)
            seconds = _seconds(found)
            local = (day.toordinal() - _EPOCH_DAY) * _DAY_SECONDS + seconds
            utc = local - self.offset(found.get("zone"), day, seconds)
        except (ValueError, OverflowError, KeyError):
            raise FilterError(text) from None
        return utc * 1000 + int((found.get("fraction", "") + "000")[:3])

    def offset(self, text: str | None, day: date, seconds: int) -> int:
        """Seconds east of UTC; what the text says wins over the argument."""
        zone = find_zone(text) if text else self.default
        if zone is None:
            raise ValueError(text)
        if zone is UTC:
            return 0
        local = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(seconds=seconds)
        distance = local.utcoffset()
        return int(distance.total_seconds()) if distance else 0


def _day(found: dict[str, str], year: int, names: Locale) -> date:
    if text := found.get("year") or found.get("weekyear"):
        year = int(text)
    elif text := found.get("short_year"):
        year = int(text) + (2000 if int(text) <= _LAST_OF_TWO_DIGITS else 1900)
    if "week" in found:
        return date.fromisocalendar(year, int(found["week"]), int(found.get("weekday", 1)))
    if "day_of_year" in found:
        day = date(year, 1, 1) + timedelta(days=int(found["day_of_year"]) - 1)
        if day.year != year:
            raise ValueError(found["day_of_year"])
        return day
    name = found.get("month_name")
    month = names.months[name.lower().rstrip(".")] if name else int(found.get("month", 1))
    return date(year, month, int(found.get("day", 1)))


def _seconds(found: dict[str, str]) -> int:
    minute, second = int(found.get("minute", 0)), int(found.get("second", 0))
    hour = _hour(found)
    if not (0 <= hour < 24 and minute < 60 and second < 60):
        raise ValueError(f"{hour}:{minute}:{second}")
    return hour * 3600 + minute * 60 + second


def _hour(found: dict[str, str]) -> int:
    if text := found.get("hour"):
        return int(text)
    if text := found.get("hour_to_24"):
        return int(text) % 24 if 1 <= int(text) <= 24 else -1
    afternoon = 12 if found.get("half", "").lower() == "pm" else 0
    if text := found.get("hour_to_12"):
        return int(text) % 12 + afternoon if 1 <= int(text) <= 12 else -1
    hour = int(found.get("hour_to_11", 0))
    return hour + afternoon if hour < 12 else -1
