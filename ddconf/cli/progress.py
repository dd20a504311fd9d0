"""A status line at the foot of a terminal; elsewhere nothing, or now and then a plain line."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

from ddconf.cli.safe_output import escape_controls, unguarded

_CLEAR = "\r\x1b[K"
_EVERY_SECONDS = 0.2


class StatusLine:
    """Redraws what `text()` says now; other lines are printed through it, above.

    Where there is no terminal it prints a line every `plain_seconds`, if that is given.
    """

    def __init__(self, text: Callable[[], str], *, plain_seconds: float | None = None) -> None:
        self._text = text
        self._shown = sys.stderr.isatty()
        self._pause = _EVERY_SECONDS if self._shown else plain_seconds
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def echo(self, line: str, *, err: bool = False, color: bool | None = None) -> None:
        """Print a line above the status."""
        with self._lock:
            self._clear()
            click.echo(line, err=err, color=color)

    def _clear(self) -> None:
        if self._shown:
            _draw(_CLEAR)

    def _run(self) -> None:
        while not self._ended.wait(self._pause):
            with self._lock:
                text = escape_controls(self._text())
                _draw(f"{_CLEAR}{text}" if self._shown else f"{text}\n")

    @contextmanager
    def running(self) -> Iterator[StatusLine]:
        """Draw while the context lasts."""
        thread = threading.Thread(target=self._run, daemon=True)
        if self._pause:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            if self._pause:
                thread.join()
            self._clear()


def _draw(text: str) -> None:
    stream = unguarded(sys.stderr)
    stream.write(text)
    stream.flush()


class Waits:
    """The waits for rate limits of a run: told as they begin, and counted."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0
        self._now = ("", 0.0)

    def begin(self, seconds: float, why: str) -> None:
        """What a client calls when its workers wait."""
        self.count += 1
        self.seconds += seconds
        self._now = (why, time.monotonic() + seconds)

    def now(self) -> str:
        """`waiting 12s for rate limit dashboards`, or nothing."""
        why, until = self._now
        left = until - time.monotonic()
        return f"waiting {left:.0f}s for {why}" if left > 0 else ""

    def total(self) -> str:
        """`2 waits for rate limits, 35s`, or nothing."""
        if not self.count:
            return ""
        return f"{self.count} wait{'s' * (self.count != 1)} for rate limits, {self.seconds:.0f}s"


def elapsed() -> Callable[[], str]:
    """Says how long it has been since the call: `3s`, `2m05s`."""
    started = time.monotonic()

    def text() -> str:
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        return f"{minutes}m{seconds:02}s" if minutes else f"{seconds}s"

    return text
