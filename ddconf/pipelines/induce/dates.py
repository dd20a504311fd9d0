"""The format of a date that a line shows, as the matcher `date` reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

_ISO = re.compile(
    r"\d{4}(?P<sign>[-/])\d\d[-/]\d\d(?P<between>[T _])\d\d:\d\d:\d\d(?P<fraction>[.,]\d+)?"
    r"(?P<zone>( ?UTC|Z| ?[+-]\d\d:?\d\d)?)"
)
_ACCESS = re.compile(
    r"\d\d/\w{3}/\d{4}:\d\d:\d\d:\d\d(?P<fraction>\.\d+)?(?P<zone>( ?UTC|Z| ?[+-]\d\d:?\d\d)?)"
)
_MOST_DIGITS = 9


def date_format(texts: Sequence[str]) -> str:
    """The one format of these dates; empty where they have several, or one that cannot be read."""
    formats = {_format(text) for text in texts}
    return formats.pop() if len(formats) == 1 else ""


def _format(text: str) -> str:
    if match := _ISO.fullmatch(text):
        between = "'T'" if match["between"] == "T" else match["between"]
        day = f"yyyy{match['sign']}MM{match['sign']}dd{between}"
    elif match := _ACCESS.fullmatch(text):
        day = "dd/MMM/yyyy:"
    else:
        return ""
    fraction = match["fraction"] or ""
    if len(fraction) > _MOST_DIGITS + 1:
        return ""
    zone = match["zone"]
    blank = " " if zone.startswith(" ") else ""
    letter = "" if not zone else "z" if zone.endswith("UTC") else "Z"
    return f"{day}HH:mm:ss{fraction[:1]}{'S' * len(fraction[1:])}{blank}{letter}"
