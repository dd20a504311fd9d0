"""Times that a person names: an age such as `1d`, or a date."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import click

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800}
_AGE = re.compile(r"(?P<number>\d+)(?P<unit>[smhdw])")


def moment(text: str, now: float) -> float:
    """Epoch seconds of `now`, of `4h` before it, or of `2026-11-23T05:00Z`; without a zone it is UTC."""
    if text == "now":
        return now
    if age := _AGE.fullmatch(text):
        return now - int(age["number"]) * _SECONDS[age["unit"]]
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(f"{text!r} is not a time: write 4h, 1d or 2026-11-23T05:00Z") from None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp()
