"""Threads for requests: what others wait for goes before what can wait."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from types import TracebackType
from typing import Any, Self, TypeVar

T = TypeVar("T")


class Pool:
    """Up to `workers` threads, begun as they are needed; leaving the context waits for all of them.

    Where the context is left by an exception, what has not begun is never done.
    """

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._soon: deque[Callable[[], None]] = deque()
        self._later: deque[Callable[[], None]] = deque()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._ended = False
        # Taken by itself: an interrupt within Python's Condition.__enter__ would leave it taken for ever.
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)

    def submit(self, work: Callable[..., T], *args: Any, later: bool = False) -> Future[T]:
        """Have work done; what is for `later` begins only when nothing else is to be begun."""
        future: Future[T] = Future()

        def run() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(work(*args))
                except BaseException as error:
                    future.set_exception(error)

        with self._lock:
            (self._later if later else self._soon).append(run)
            if len(self._soon) + len(self._later) > self._idle and len(self._threads) < self._workers:
                thread = threading.Thread(target=self._work, daemon=True)
                thread.start()
                self._threads.append(thread)
            else:
                self._changed.notify()
        return future

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            if error is not None:
                self._soon.clear()
                self._later.clear()
            self._ended = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _work(self) -> None:
        while (run := self._next()) is not None:
            run()

    def _next(self) -> Callable[[], None] | None:
        with self._lock:
            while not (self._soon or self._later):
                if self._ended:
                    return None
                self._idle += 1
                self._changed.wait()
                self._idle -= 1
            return (self._soon or self._later).popleft()
