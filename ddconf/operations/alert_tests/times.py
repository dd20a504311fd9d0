"""Times in tests: offsets from the start of a case."""

from __future__ import annotations

import re

_OFFSET = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")
_SECONDS = (86_400, 3600, 60, 1)
LONGEST = 366 * 86_400
"""Seconds that a test or a file of series may span: every minute of them is evaluated."""


def seconds(text: str) -> float | None:
    """`30s`, `14m`, `1h30m`, `2d`; None for anything else, and for more than a year."""
    match = _OFFSET.fullmatch(text.strip())
    if match is None or not text.strip():
        return None
    found = sum(int(number) * unit for number, unit in zip(match.groups("0"), _SECONDS, strict=True))
    return found if found <= LONGEST else None


def offset_text(offset: float) -> str:
    """The shortest way to write an offset: `1h30m`."""
    rest, text = round(offset), ""
    for unit, letter in zip(_SECONDS, "dhms", strict=True):
        number, rest = divmod(rest, unit)
        text += f"{number}{letter}" if number else ""
    return text or "0m"
