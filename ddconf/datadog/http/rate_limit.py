"""One budget of requests for all workers: who may send now, by Datadog's rate-limit headers.

Every answer says how many requests are left in the window of its limit, and when the window ends
(https://docs.datadoghq.com/api/latest/rate-limits/). Requests in flight are counted as spent, so that
several workers together do not run into a refusal that each of them alone would avoid.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LONGEST_PAUSE_SECONDS = 30.0
_SAME_WINDOW_SECONDS = 1.5
"""Resets are told in whole seconds, so one window's end seems to move by as much."""


@dataclass(slots=True)
class RateWindow:
    """What is left of one named limit until its reset; times are of the budget's clock."""

    limit: float = math.inf
    remaining: float = math.inf
    ends: float = 0.0
    in_flight: int = 0
    period: float = 0.0
    refusals: int = 0
    told: float = -math.inf
    """The end that `on_wait` was last told of."""


class RunStopped(Exception):
    """The run was ended, or its time is up, before the request was sent."""


class Budget:
    """Safe for threads. `on_wait(seconds, why)` is called once for each wait that workers share."""

    def __init__(
        self,
        on_wait: Callable[[float, str], object] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_wait = on_wait
        self._clock = clock
        # Taken by itself: an interrupt within Python's Condition.__enter__ would leave it taken for ever.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._names: dict[str, str] = {}
        self._windows: dict[str, RateWindow] = {}
        self._stopped = False
        self._impatient = False

    def enter(self, route: str, deadline: float) -> str:
        """Wait until a request may be sent; gives the key for `leave`. Raises RunStopped."""
        while True:
            with self._lock:
                if self._stopped:
                    raise RunStopped("the run was interrupted")
                key = self._names.get(route, route)
                window = self._windows.setdefault(key, RateWindow())
                now = self._clock()
                if now >= window.ends:
                    window.remaining = window.limit
                if window.remaining > window.in_flight:
                    window.in_flight += 1
                    return key
                if self._impatient:
                    raise RunStopped("the run was interrupted")
                wait = window.ends - now
                if window.ends > deadline:
                    raise RunStopped(
                        f"the rate limit {key} allows the next request in {math.ceil(wait)} s only"
                    )
                spent = window.remaining <= 0
                tell = spent and window.ends - window.told > _SAME_WINDOW_SECONDS
                if tell:
                    window.told = window.ends
                else:
                    self._changed.wait(wait if wait > 0 else None)  # else for one that is in flight
            if tell and self._on_wait:
                self._on_wait(wait, _described(key, window))

    def leave(self, route: str, key: str, status: int, headers: Mapping[str, str]) -> None:
        """Note an answer, or with status 0 that there was none."""
        with self._lock:
            self._windows[key].in_flight -= 1
            name = headers.get("x-ratelimit-name") or key
            self._names[route] = name
            window = self._windows.setdefault(name, RateWindow())
            self._note(window, status, headers)
            self._changed.notify_all()

    def pause(self, seconds: float) -> None:
        """Sleep, unless the run is stopped meanwhile; raises RunStopped."""
        until = self._clock() + seconds
        with self._lock:
            while not self._impatient and (left := until - self._clock()) > 0:
                self._changed.wait(left)
            if self._impatient:
                raise RunStopped("the run was interrupted")

    def end_waits(self) -> None:
        """From now on, whoever would have to wait gets RunStopped; what may be sent at once still is."""
        with self._lock:
            self._impatient = True
            self._changed.notify_all()

    def stop(self) -> None:
        """End all waits; nothing more is sent."""
        with self._lock:
            self._stopped = self._impatient = True
            self._changed.notify_all()

    def _note(self, window: RateWindow, status: int, headers: Mapping[str, str]) -> None:
        now = self._clock()
        reset = seconds(headers.get("x-ratelimit-reset"))
        remaining = seconds(headers.get("x-ratelimit-remaining"))
        if status == 429:
            window.refusals += 1
            wait = reset if reset is not None else seconds(headers.get("retry-after"))
            if wait is None:
                wait = min(2.0 ** (window.refusals - 1), LONGEST_PAUSE_SECONDS)
            ends = now + max(wait, 0.1)
            # A refusal that tells of a much shorter wait knows better than the answers before it.
            sooner = window.ends - ends > _SAME_WINDOW_SECONDS
            window.ends = ends if sooner else max(window.ends, ends)
            window.remaining = 0
        elif status:
            window.refusals = 0
            if reset is not None and remaining is not None:
                if window.ends - (now + reset) > _SAME_WINDOW_SECONDS:
                    return  # a late answer, of a window before
                same = abs(now + reset - window.ends) < _SAME_WINDOW_SECONDS
                window.remaining = min(window.remaining, remaining) if same else remaining
                window.ends = now + reset
                window.limit = seconds(headers.get("x-ratelimit-limit")) or math.inf
                window.period = seconds(headers.get("x-ratelimit-period")) or 0.0


def _described(key: str, window: RateWindow) -> str:
    """The limit by its name, with how much it allows: what is left to do takes that long at least."""
    known = window.limit < math.inf and window.period
    return f"rate limit {key}" + (f", {window.limit:g} in {window.period:g} s" if known else "")


def seconds(text: str | None) -> float | None:
    """A header's number; None for anything else."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value < math.inf else None
