"""The rate limit of the API: a budget per period and the headers that tell of it."""

from __future__ import annotations

import threading
from datetime import datetime


class RateLimit:
    """So many requests in every period of so many seconds; what is more is answered 429."""

    def __init__(self, limit: int = 100_000, period: int = 60, name: str = "emulator") -> None:
        self.limit, self.period, self.name = limit, period, name
        self._window, self._spent = -1, 0
        self._guard = threading.Lock()

    def spend(self, now: datetime) -> tuple[bool, dict[str, str]]:
        """Count one request: is it within the budget, and the `x-ratelimit-*` headers of its answer."""
        seconds = now.timestamp()
        window = int(seconds // self.period)
        with self._guard:
            if window != self._window:
                self._window, self._spent = window, 0
            self._spent += 1
            remaining = self.limit - self._spent
        return remaining >= 0, {
            "x-ratelimit-limit": str(self.limit),
            "x-ratelimit-period": str(self.period),
            "x-ratelimit-remaining": str(max(remaining, 0)),
            "x-ratelimit-reset": str(max(1, int((window + 1) * self.period - seconds))),
            "x-ratelimit-name": self.name,
        }
