"""Work for other processes: this program once more, each kept for as long as there is something to do.

They are plain child processes with their own command, not `multiprocessing`: forking beside threads is
unsafe, and its "spawn" runs a program that embeds ddconf once more. What goes to and fro is marshalled.
"""

from __future__ import annotations

import gc
import importlib
import marshal
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import IO, TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from subprocess import Popen

_MOST = 4
_LENGTH = 8
"""Bytes before each value that tell how many it takes."""


class WorkerProcesses:
    """Each process calls `function` ("module:name") with `about` once, and what that gives with each value.

    A future raises OSError where its process could not do it, for whatever reason; it can be done here then.
    """

    def __init__(self, function: str, about: object = None, processes: int | None = None) -> None:
        """One process for each processor, and few in any case, unless it is said how many."""
        self._begin = (function, about)
        self._pool = ThreadPoolExecutor(processes or min(os.cpu_count() or 1, _MOST))
        self._mine = threading.local()
        self._started: list[Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def submit(self, value: object) -> Future[Any]:
        return self._pool.submit(self._ask, value)

    def _ask(self, value: object) -> Any:
        try:
            process = self._process()
            _send(process.stdin, value)
            return _receive(process.stdout)
        except (EOFError, ValueError, TypeError, MemoryError, OverflowError) as error:
            raise OSError(f"a process ended: {error}") from None

    def _process(self) -> Popen[bytes]:
        """That of this thread; it sees the same modules as this one."""
        process: Popen[bytes] | None = getattr(self._mine, "process", None)
        if process is None:
            import subprocess

            process = self._mine.process = subprocess.Popen(
                [sys.executable, "-P", "-c", f"from {__name__} import main; main()"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            self._started.append(process)
            _send(process.stdin, self._begin)
        return process


def _send(stream: IO[bytes] | None, value: Any) -> None:
    assert stream is not None
    content = marshal.dumps(value)
    stream.write(len(content).to_bytes(_LENGTH))
    stream.write(content)
    stream.flush()


def _receive(stream: IO[bytes] | None) -> Any:
    assert stream is not None
    length = int.from_bytes(stream.read(_LENGTH))
    return marshal.loads(stream.read(length))


def main() -> None:
    """What such a process does, until nobody has anything more for it."""
    gc.disable()
    function, about = _receive(sys.stdin.buffer)
    module, _, name = function.partition(":")
    work: Callable[[Any], Any] = getattr(importlib.import_module(module), name)(about)
    while True:
        try:
            value = _receive(sys.stdin.buffer)
        except EOFError:
            return
        _send(sys.stdout.buffer, work(value))
