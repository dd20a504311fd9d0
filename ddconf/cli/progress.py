"""A status line at the foot of a terminal; elsewhere nothing, so that logs hold plain lines alone."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_CLEAR = "\r\x1b[K"
_EVERY_SECONDS = 0.2


class StatusLine:
    """Redraws what `text()` says now; other lines are printed through it, above."""

    def __init__(self, text: Callable[[], str]) -> None:
        self._text = text
        self._shown = sys.stderr.isatty()
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def echo(self, line: str, *, err: bool = False) -> None:
        """Print a line above the status."""
        with self._lock:
            self._clear()
            click.echo(line, err=err)

    def _clear(self) -> None:
        if self._shown:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()

    def _run(self) -> None:
        while not self._ended.wait(_EVERY_SECONDS):
            with self._lock:
                sys.stderr.write(f"{_CLEAR}{self._text()}")
                sys.stderr.flush()

    @contextmanager
    def running(self) -> Iterator[StatusLine]:
        """Draw while the context lasts."""
        thread = threading.Thread(target=self._run, daemon=True)
        if self._shown:
            thread.start()
        try:
            yield self
        finally:
            self._ended.set()
            if self._shown:
                thread.join()
            self._clear()


def elapsed() -> Callable[[], str]:
    """Says how long it has been since the call: `3s`, `2m05s`."""
    started = time.monotonic()

    def text() -> str:
        minutes, seconds = divmod(int(time.monotonic() - started), 60)
        return f"{minutes}m{seconds:02}s" if minutes else f"{seconds}s"

    return text
