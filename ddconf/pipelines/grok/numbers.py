"""Text to numbers as log pipelines see them: integers are 64 bits, anything with a point is a double."""

from __future__ import annotations

import math
import re

from ddconf.pipelines.grok.registry import FilterError

_NUMBER = re.compile(r"[+-]?(?:\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\Z", re.ASCII)
_INTEGER = re.compile(r"[+-]?\d+\Z", re.ASCII)
_LEADING_ZERO = re.compile(r"[+-]?0\d[^.]*\Z", re.ASCII)
_OCTAL = re.compile(r"[+-]?[0-7]+\Z", re.ASCII)
_LONGEST = 400
_SURE_DIGITS = 19
_LARGEST = 2**63


def matched_double(text: str) -> float:
    """Like `to_double`, for text that a matcher has found to be a number."""
    number = float(text)
    if number - number:  # infinite
        raise FilterError(text)
    return number


def matched_integer(text: str) -> int:
    """Like `to_integer`, for text that a matcher has found to be an integer."""
    return int(text) if len(text) < _SURE_DIGITS else to_integer(text)


def to_double(text: str) -> float:
    """Raises FilterError for a text that is not a finite number."""
    if not _NUMBER.match(text) or not math.isfinite(number := float(text)):
        raise FilterError(text)
    return number


def to_integer(text: str) -> int:
    """Raises FilterError for a text that is not an integer of 64 bits; an exponent is allowed (`1e3`)."""
    if not _INTEGER.match(text):
        return _bounded(int(to_double(text)))
    if len(text) > _LONGEST:
        raise FilterError(text)
    return _bounded(int(text))


def strict_integer(text: str) -> int:
    """Like `to_integer`, without exponent."""
    if not _INTEGER.match(text):
        raise FilterError(text)
    return to_integer(text)


def _bounded(number: int) -> int:
    if not -_LARGEST <= number < _LARGEST:
        raise FilterError(str(number))
    return number


def number_or_text(text: str) -> int | float | str:
    """A value of `keyvalue` or `csv`: integer, double, or the text itself.

    What begins with 0 and a digit looks octal: with an 8, a 9 or an exponent (`00123E4`) it stays text.
    """
    if _NUMBER.match(text) is None or (_LEADING_ZERO.match(text) and not _OCTAL.match(text)):
        return text
    try:
        return to_integer(text) if _INTEGER.match(text) else to_double(text)
    except FilterError:
        return text
