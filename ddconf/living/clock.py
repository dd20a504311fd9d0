"""The sandbox's clock: the machine's, or one that stands still until it is told to move."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime, timedelta

_PART = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<unit>ms|[smhdw])")
_UNITS = {"ms": "milliseconds", "s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class Clock:
    """Call it for the time. A held clock moves only by `set`."""

    def __init__(self, held_at: datetime | None = None) -> None:
        self._held, self._guard = held_at, threading.Lock()

    def __call__(self) -> datetime:
        with self._guard:
            return self._held or datetime.now(UTC)

    @property
    def is_held(self) -> bool:
        return self._held is not None

    @property
    def seconds(self) -> int:
        return int(self().timestamp())

    @property
    def milliseconds(self) -> int:
        return int(self().timestamp() * 1000)

    def hold(self, moment: datetime | None = None) -> None:
        """Stand still, at that moment or now."""
        now = self()
        with self._guard:
            self._held = moment or now

    def release(self) -> None:
        """Go with the machine's time again."""
        with self._guard:
            self._held = None


def read_span(text: str) -> timedelta:
    """`6m`, `1h30m`, `10s`; raises ValueError for what is not a span of time."""
    parts = list(_PART.finditer(text.strip()))
    if not parts or "".join(part[0] for part in parts) != text.strip():
        raise ValueError(f"{text!r} is not a span of time, as 90s, 6m or 1h30m are")
    return sum((timedelta(**{_UNITS[part["unit"]]: float(part["number"])}) for part in parts), timedelta())
