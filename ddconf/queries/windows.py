"""Times in queries: `last_5m`, `current_1mo`, `next_1w`, and the `5m` of `.last("5m")`."""

from __future__ import annotations

import re
from dataclasses import dataclass

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800, "mo": 2_592_000}
_DURATION = re.compile(r"(\d{1,6})(mo|[smhdw])")
_WINDOW = re.compile(r"(last|current|next)_(\d{1,6})(mo|[mhdw])")
_AGO = re.compile(r"(\d{1,6})(mo|[mhdw])_ago")


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of units; a month has 30 days."""

    count: int
    unit: str

    @property
    def seconds(self) -> int:
        return self.count * SECONDS[self.unit]

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"


@dataclass(frozen=True, slots=True)
class Window:
    """`last_5m`; `relation` is last, current or next."""

    relation: str
    duration: Duration

    @property
    def seconds(self) -> int:
        return self.duration.seconds

    def __str__(self) -> str:
        return f"{self.relation}_{self.duration}"


def duration(text: str) -> Duration | None:
    """`5m`, `2d`, `1mo`; None for anything else and for nothing at all."""
    match = _DURATION.fullmatch(text)
    return Duration(int(match[1]), match[2]) if match and int(match[1]) else None


def window(text: str) -> Window | None:
    """`last_5m`; None for anything else and for a window of no length."""
    match = _WINDOW.fullmatch(text)
    return Window(match[1], Duration(int(match[2]), match[3])) if match and int(match[2]) else None


def shift(text: str) -> Duration | None:
    """How long ago a change is measured from: `last_1h` or `1h_ago`."""
    if match := _AGO.fullmatch(text):
        return Duration(int(match[1]), match[2]) if int(match[1]) else None
    found = window(text)
    return found.duration if found and found.relation == "last" else None
