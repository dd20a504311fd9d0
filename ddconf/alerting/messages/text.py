"""Values as a message shows them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal

from ddconf.document import JSON, canonical


def text_of(value: JSON) -> str:
    """A number in its shortest decimal form, several texts separated by commas in order; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return number_text(value)
    if isinstance(value, str):
        return value
    if _are_texts(value):
        return ",".join(sorted(value))
    return canonical(value)


def number_text(number: float) -> str:
    """`95`, `0.1`, never `95.0` or `1e+16`."""
    if not math.isfinite(number):
        return str(number)
    if number == int(number):
        return str(int(number))
    return format(Decimal(repr(number)), "f")


def as_number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _are_texts(value: JSON) -> bool:
    return (
        isinstance(value, Iterable)
        and not isinstance(value, dict)
        and all(isinstance(item, str) for item in value)
    )
