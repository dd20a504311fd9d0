"""Files of logs through pipelines before and after a change: a pure function, whose results add up."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from ddconf.document import Document, digest
from ddconf.operations.replay.compare_logs import LogComparison
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.log_files import numbered_blocks
from ddconf.operations.replay.report import ReplayReport, ReplayTally

if TYPE_CHECKING:
    from ddconf.cache.worker_pool import WorkerProcesses

_WAITING = 4
"""Blocks under way for each process, so that memory stays the same however many logs there are."""


@dataclass(frozen=True)
class PipelineChange:
    """All pipelines before and after, each in the order in which logs meet them.

    `now` is the clock of the run, in ISO 8601: dates without a year are near it.
    """

    before: tuple[Document, ...]
    after: tuple[Document, ...]
    now: str

    @classmethod
    def of(cls, before: Iterable[Document], after: Iterable[Document]) -> PipelineChange:
        """The change, as of this moment."""
        return cls(tuple(before), tuple(after), datetime.now(UTC).isoformat())

    @cached_property
    def digest(self) -> str:
        """Of the pipelines, not of the clock: by it a result is known to be of the same change."""
        return digest([list(self.before), list(self.after)])

    def __hash__(self) -> int:
        return hash((self.digest, self.now))


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file."""

    file: RecordedFile
    report: ReplayReport


Progress = Callable[[int, int], None]
"""Told of so many more files and logs that are done."""


def nobody(_files: int, _logs: int) -> None:
    """Nobody wants to know."""


def replay_file(change: PipelineChange, file: RecordedFile, progress: Progress = nobody) -> FileReport:
    """What the change does to the logs of a file, wherever this runs.

    Raises DdconfError where the pipelines cannot be compiled, or the file cannot be read.
    """
    tally = ReplayTally()
    for first, block in numbered_blocks(file):
        _count_block(change, tally, file.name, first, block)
        progress(0, len(block))
    progress(1, 0)
    return FileReport(file, tally.report())


def replay_here(
    change: PipelineChange, files: Iterable[RecordedFile], jobs: int, progress: Progress = nobody
) -> Iterator[FileReport]:
    """As `replay_file` for each, with the blocks of a file in so many processes."""
    _comparison(change)
    if jobs == 1:
        yield from (replay_file(change, file, progress) for file in files)
        return
    from ddconf.cache.worker_pool import WorkerProcesses

    about = (list(change.before), list(change.after), change.now)
    with WorkerProcesses(f"{__name__}:worker", about, jobs) as workers:
        for file in files:
            tally = ReplayTally()
            for report in _in_processes(workers, change, file, _WAITING * jobs):
                tally.add(report)
                progress(0, report.logs)
            progress(1, 0)
            yield FileReport(file, tally.report())


def _in_processes(
    workers: WorkerProcesses, change: PipelineChange, file: RecordedFile, most: int
) -> Iterator[ReplayReport]:
    waiting: deque[tuple[int, Sequence[str], Future[Any]]] = deque()

    def first() -> ReplayReport:
        number, block, future = waiting.popleft()
        try:
            return ReplayReport.from_plain(future.result())
        except OSError:  # that process is gone, for whatever reason
            tally = ReplayTally()
            _count_block(change, tally, file.name, number, block)
            return tally.report()

    for number, block in numbered_blocks(file):
        waiting.append((number, block, workers.submit((file.name, number, block))))
        if len(waiting) > most:
            yield first()
    while waiting:
        yield first()


def worker(about: Any) -> Callable[[Any], Any]:
    """What a process does with each block."""
    before, after, now = about
    change = PipelineChange(tuple(before), tuple(after), now)

    def work(value: Any) -> Any:
        name, first, block = value
        tally = ReplayTally()
        _count_block(change, tally, name, first, block)
        return tally.report().as_plain()

    return work


def _count_block(
    change: PipelineChange, tally: ReplayTally, name: str, first: int, block: Sequence[str]
) -> None:
    comparison = _comparison(change)
    for number, line in enumerate(block, first):
        if line.strip():
            comparison.count(tally, name, number, line)


@lru_cache(maxsize=1)
def _comparison(change: PipelineChange) -> LogComparison:
    """Compiled once in each process."""
    return LogComparison(change.before, change.after, datetime.fromisoformat(change.now))
