"""Casts of an attribute's value to another type; one that cannot be done keeps the value."""

from __future__ import annotations

import re

from ddconf.document import JSON
from ddconf.pipelines.attributes import text_of

CASTS = ("auto", "string", "integer", "double")

_INTEGER = re.compile(r"[+-]?\d{1,19}")
_DOUBLE = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")


def cast(value: JSON, wanted: str) -> JSON:
    """The value as `string`, `integer` or `double`; unchanged for `auto` and where it cannot be done."""
    if wanted == "auto" or isinstance(value, dict | list) or value is None:
        return value
    if wanted == "string":
        return text_of(value)
    if isinstance(value, bool):
        return value
    if wanted == "integer":
        return _integer(value)
    return float(value) if (number := to_number(value)) is not None and abs(number) < 1e300 else value


def to_number(value: JSON) -> int | float | None:
    """A number, or a text that is one, as a number; anything else is None."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    text = value.strip() if isinstance(value, str) and len(value) < 400 else ""
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _DOUBLE.fullmatch(text) else None


def _integer(value: JSON) -> JSON:
    if isinstance(value, float):
        return int(value) if abs(value) < 2**63 else value
    return int(value) if isinstance(value, str) and _INTEGER.fullmatch(value) else value
