"""Dates in Joda letters: a format -> the tree of the text it takes, and a function from text to milliseconds.

https://www.joda.org/joda-time/apidocs/org/joda/time/format/DateTimeFormat.html
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from typing import TypeAlias

from ddconf.pipelines.grok.emit import FLAGS, emit
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.locales import LANGUAGES, Locale, find_locale
from ddconf.pipelines.grok.registry import ArgumentError, Clock, FilterError, MatcherDefinition
from ddconf.pipelines.grok.shape import Shapes
from ddconf.pipelines.grok.tree import Chars, Node, RegexScope, Sequence
from ddconf.pipelines.grok.zones import find_zone
from ddconf.pipelines.years import nearest

_PIECE = re.compile(r"(?P<letters>([A-Za-z])\2*)|'(?P<quoted>(?:[^']|'')*)'|(?P<literal>[^A-Za-z'])")
_FIELDS = {
    "Y": "year", "y": "year", "x": "weekyear", "w": "week", "e": "weekday", "D": "day_of_year", "d": "day",
    "M": "month", "E": "day_name", "a": "half", "H": "hour", "k": "hour_to_24", "K": "hour_to_11",
    "h": "hour_to_12", "m": "minute", "s": "second", "S": "fraction", "z": "zone", "Z": "zone",
}  # fmt: skip
_OFFSET = r"(?:Z|[+-]\d\d:?\d\d)"
_ZONE, _LONG_ZONE = r"[A-Za-z]+(?:[+-]\d{1,2}(?::?\d\d)?)?", r"[A-Za-z]\w*(?:[/+-]\w+)*"
_SHORT_NAME, _NAME = "[A-Za-z]{3}", r"[^\s\d,;:/.]+\.?"
_MOST_DIGITS = 9
_YEARS = frozenset({"year", "short_year", "weekyear"})
_DAYS = frozenset({"week", "weekday", "day_of_year", "month", "month_name", "day"})
_EPOCH, _MILLISECOND = datetime(1970, 1, 1), timedelta(milliseconds=1)
_SECONDS = {f"{second:02}": 1000 * second for second in range(60)}
_LAST_OF_TWO_DIGITS = 68
"""Two digits up to here are years of this century, from the next on of the last."""

Piece: TypeAlias = tuple[str, str]
"""A field, or "" for text between fields, and the Java regex for what it takes."""


def date_matcher(format: str, zone: str, locale: str, now: Clock) -> MatcherDefinition:
    """The meaning of `date(format, zone, locale)`; raises ArgumentError for what is unknown in them."""
    names = find_locale(locale or "en")
    if names is None:
        raise ArgumentError(f"the locale '{locale}' is unknown, known are {', '.join(LANGUAGES)}")
    default = find_zone(zone) if zone else UTC
    if default is None:
        raise ArgumentError(f"the time zone '{zone}' is unknown")
    pieces = _pieces(format, short=not locale)
    tree = parse_pattern("".join(pattern for _, pattern in pieces), tokens=False)
    return MatcherDefinition(RegexScope(tree), _Reader(pieces, default, names, now))


def _pieces(format: str, short: bool) -> list[Piece]:
    """format := { letters | "'" text "'" | other character }; `short` names have three letters."""
    pieces: list[Piece] = []
    at = 0
    while at < len(format):
        match = _PIECE.match(format, at)
        if match is None:
            raise ArgumentError(f"a quote in the format '{format}' is not closed")
        at = match.end()
        if letters := match["letters"]:
            pieces.append(_field(letters, format, short))
        else:
            literal = match["literal"] or match["quoted"].replace("''", "'") or "'"
            pieces.append(("", re.sub(r"([^\w\s])", r"\\\1", literal)))
    if not any(field for field, _ in pieces):
        raise ArgumentError("the format has no date letter")
    return pieces


def _field(letters: str, format: str, short: bool) -> Piece:
    letter, count = letters[0], len(letters)
    field = _FIELDS.get(letter)
    if field is None:
        raise ArgumentError(f"'{letter}' in '{format}' is not a date letter; put text into single quotes")
    if letter == "E" or (letter == "M" and count > 2):
        return f"{field}_name", _SHORT_NAME if count == 3 and short else _NAME
    if field == "zone":
        return field, _zone(letter, count)
    if letter == "a":
        return field, "(?i:[ap]m)"
    if letter == "S" and count > _MOST_DIGITS:
        raise ArgumentError(f"more than {_MOST_DIGITS} digits of a second in '{format}'")
    if field in ("year", "weekyear"):
        return ("short_year", r"\d{2}") if count == 2 else (field, rf"\d{{{max(count, 4)}}}")
    if count == 1 and letter not in "Se":
        return field, r"\d{1,3}" if letter == "D" else r"\d{1,2}"
    return field, rf"\d{{{count}}}"


def _zone(letter: str, count: int) -> str:
    """`Z` and `ZZ` are offsets, `ZZZ` names of the tz database; `z` to `zzz` abbreviations, `zzzz` both."""
    if letter == "Z" and count < 3:
        return _OFFSET
    return _ZONE if letter == "z" and count < 4 else _LONG_ZONE


class _Reader:
    """Text in one format -> milliseconds since the epoch.

    It runs for every log, and logs come many a minute: the text with zeros for the seconds is read once.
    """

    def __init__(self, pieces: list[Piece], default: tzinfo, names: Locale, now: Clock) -> None:
        parts = [(field, parse_pattern(pattern, tokens=False)) for field, pattern in pieces]
        written = [(field, emit(part).pattern) for field, part in parts]
        self.expression = re.compile(
            "".join(f"({text})" if field else text for field, text in written), FLAGS
        )
        self.fields = fields = [field for field, _ in pieces if field]
        self.default, self.names, self.now = default, names, now
        # Without any date, D counts from the epoch's day; with a date that lacks the year, from this year.
        self.wants_clock = _YEARS.isdisjoint(fields) and not _DAYS.isdisjoint(fields)
        self.seconds = _seconds_window(parts)
        self.read = lru_cache(maxsize=256)(self.in_year_of_clock if self.wants_clock else self.milliseconds)

    def __call__(self, text: str) -> int:
        """Raises FilterError for a text that is not a date."""
        today = self.now().date() if self.wants_clock else _EPOCH.date()
        try:
            if self.seconds is None:
                return self.read(today, text)
            begin, end, zeros = self.seconds
            second, fraction = _SECONDS[text[begin : begin + 2]], text[begin + 3 : end]
            start = self.read(today, text[:begin] + zeros + text[end:])
        except (ValueError, OverflowError, KeyError):
            raise FilterError(text) from None
        return start + second + (int((fraction + "00")[:3]) if fraction else 0)

    def in_year_of_clock(self, today: date, text: str) -> int:
        """Of the years around today the one in which the date is nearest to it."""
        return nearest(today, lambda year: self.milliseconds(date(year, 1, 1), text))

    def milliseconds(self, today: date, text: str) -> int:
        """Raises ValueError or KeyError for a text that is not a date."""
        match = self.expression.fullmatch(text)
        if match is None:
            raise ValueError(text)
        found = dict(zip(self.fields, match.groups(), strict=True))
        clock = time(_hour(found), int(found.get("minute", 0)), int(found.get("second", 0)))
        local = datetime.combine(_day(found, today.year, self.names), clock)
        zone = find_zone(found["zone"]) if "zone" in found else self.default
        if zone is None:
            raise ValueError(found["zone"])
        ahead = local.replace(tzinfo=zone).utcoffset() or timedelta()
        return (local - _EPOCH - ahead) // _MILLISECOND + int((found.get("fraction", "") + "000")[:3])


def _seconds_window(parts: list[tuple[str, Node]]) -> tuple[int, int, str] | None:
    """Where `ss` or `ss.SSS` begins and ends, and zeros for it; None if that is not the same in all texts."""
    begin = 0
    for index, (field, part) in enumerate(parts):
        shapes = Shapes(part)
        width = shapes.minimum(part)
        if width != shapes.maximum(part):
            return None
        if field == "second":
            match parts[index + 1 : index + 3]:
                case [("", Sequence((Chars(exact=separator),))), ("fraction", fraction)] if separator:
                    zeros = "00" + separator + "0" * Shapes(fraction).minimum(fraction)
                case [("fraction", _), *_]:
                    return None
                case _:
                    zeros = "00"
            return begin, begin + len(zeros), zeros
        begin += width
    return None


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


def _hour(found: dict[str, str]) -> int:
    if "hour" in found:
        return int(found["hour"])
    if text := found.get("hour_to_24"):
        return int(text) % 24 if 1 <= int(text) <= 24 else -1
    afternoon = 12 if found.get("half", "").lower() == "pm" else 0
    if text := found.get("hour_to_12"):
        return int(text) % 12 + afternoon if 1 <= int(text) <= 12 else -1
    hour = int(found.get("hour_to_11", 0))
    return hour + afternoon if hour < 12 else -1
