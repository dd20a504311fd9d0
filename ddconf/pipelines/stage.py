"""A compiled processor: what runs, and what checking and coverage know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ddconf.document import Path
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.query import Query
from ddconf.pipelines.trace import ProcessorReport
from ddconf.pipelines.working_log import MutableLog

Apply = Callable[[MutableLog], ProcessorReport]
"""Changes the log as the processor does, and reports what happened."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One processor of a pipeline; `parts` are its rules, categories or rows, by the names that traces use.

    `opaque` says that it can write attributes that nobody knows beforehand. `filter` is a pipeline's.
    """

    path: Path
    type: str
    name: str
    apply: Apply
    problems: tuple[Problem, ...] = ()
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    opaque: bool = False
    stages: tuple[Stage, ...] = ()
    filter: Query | None = None

    def run(self, log: MutableLog) -> ProcessorReport:
        """Apply to the log and note the step, before the steps of the stages below."""
        if log.steps is None:
            return self.apply(log)
        position = len(log.steps)
        report = self.apply(log)
        log.note_step(position, self.path, self.type, self.name, report)
        return report

    def walk(self) -> Iterator[Stage]:
        """This stage and all below it, in the order in which they run."""
        yield self
        for stage in self.stages:
            yield from stage.walk()


def no_op(report: ProcessorReport) -> Apply:
    """What runs in place of a processor that does nothing."""
    return lambda log: report
