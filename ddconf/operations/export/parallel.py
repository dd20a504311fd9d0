"""Objects taken by other processes while more of them arrive; see one_object.py."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from typing import Any, Self

from ddconf.cache.worker_pool import WorkerProcesses
from ddconf.operations.export.one_object import ExportContext, ExportedObject, ExportTask, take

_SLICE = 500_000
"""Bytes of documents that a process is given at once."""


class ExportWorkers:
    """Collects tasks and has them done by the slice; if there is less than one, no process is started."""

    def __init__(self, context: ExportContext) -> None:
        self._context = context
        self._stack = ExitStack()
        self._processes: WorkerProcesses | None = None
        self._given: deque[tuple[list[ExportTask], Future[Any]]] = deque()
        self._tasks: list[ExportTask] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: Any) -> None:
        self._stack.__exit__(*error)

    def add(self, task: ExportTask) -> None:
        self._tasks.append(task)
        self._size += len(task.content)
        if self._size >= _SLICE:
            self._give()

    def finished(self) -> Iterator[ExportedObject]:
        """Of the first tasks, those that are done already, in their order; each is given once."""
        while self._given and self._given[0][1].done():
            yield from self._next()

    def drain(self) -> Iterator[ExportedObject]:
        """Of all other tasks, in their order; what no process could do is done here."""
        if self._processes:
            self._give()
        while self._given:
            yield from self._next()
        yield from (take(task, self._context) for task in self._tasks)

    def _next(self) -> Iterator[ExportedObject]:
        tasks, future = self._given.popleft()
        try:
            yield from (ExportedObject(*taken) for taken in future.result())
        except OSError:
            yield from (take(task, self._context) for task in tasks)

    def _give(self) -> None:
        if self._processes is None:
            context = self._context
            about = (context.ids, context.handles, context.lineage, context.heads, context.site)
            self._processes = self._stack.enter_context(
                WorkerProcesses("ddconf.operations.export.one_object:worker", about)
            )
        tasks, self._tasks, self._size = self._tasks, [], 0
        self._given.append((tasks, self._processes.submit([tuple(task) for task in tasks])))
