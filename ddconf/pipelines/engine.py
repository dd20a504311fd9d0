"""The engine: compiles pipelines once and runs logs through them, as Datadog does.

A log meets every pipeline in the organisation's order; each one whose filter matches is applied.
https://docs.datadoghq.com/logs/log_configuration/pipelines/
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ddconf.document import Document, format_path
from ddconf.errors import DdconfError, Diagnostic, Severity
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.compiler import build_stage
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.filter_index import FilterIndex
from ddconf.pipelines.log import Log
from ddconf.pipelines.problem import Problem
from ddconf.pipelines.spec import RunSettings
from ddconf.pipelines.stage import Stage
from ddconf.pipelines.timestamp import Clock
from ddconf.pipelines.trace import Outcome
from ddconf.pipelines.working_log import MutableLog


@dataclass(frozen=True)
class Pipelines:
    """Compiled pipelines, in order."""

    stages: tuple[Stage, ...]

    def run(self, log: Log, *, trace: bool = True) -> Outcome:
        """The log after all pipelines, with the steps if `trace`; the log given stays as it was."""
        working = MutableLog(log, traced=trace)
        if trace:
            taken = sum(stage.run(working).reason is None for stage in self.stages)
        else:
            taken = self._run_quickly(working)
        return Outcome(working.freeze(), tuple(working.steps or ()), taken)

    def _run_quickly(self, log: MutableLog) -> int:
        """Apply the pipelines that can take the log, found anew when one has changed what decides that."""
        index, taken, begin = self._index, 0, 0
        while True:
            source, service, tags = log.source, log.service, log.tags.copy()
            for position in index.positions(log):
                if position < begin or self.stages[position].apply(log).reason is not None:
                    continue
                taken += 1
                if log.source != source or log.service != service or log.tags != tags:
                    begin = position + 1
                    break
            else:
                return taken

    @cached_property
    def _index(self) -> FilterIndex:
        return FilterIndex(stage.filter for stage in self.stages)

    def walk(self) -> Iterator[Stage]:
        """Every stage, pipelines too, in the order in which they run."""
        for stage in self.stages:
            yield from stage.walk()


def run(
    pipelines: Document | Iterable[Document],
    log: Log,
    *,
    now: Clock | None = None,
    enrichment: Enrichment | None = None,
) -> Outcome:
    """Run one log through pipelines; for many logs, compile them once with `compile_pipelines`."""
    return compile_pipelines(pipelines, now=now, enrichment=enrichment).run(log)


def compile_pipelines(
    documents: Document | Iterable[Document],
    *,
    now: Clock | None = None,
    enrichment: Enrichment | None = None,
    grok_timeout: float = 1.0,
) -> Pipelines:
    """Compile pipelines in the API's form or an integration's; raises DdconfError with every mistake.

    `now` is the clock for dates without a year, `grok_timeout` the seconds that one text may take.
    """
    pipelines, problems = examine(documents, RunSettings(now, enrichment or Enrichment(), grok_timeout))
    errors = [problem for problem in problems if not problem.warning]
    if errors:
        raise DdconfError(*(diagnostic(problem) for problem in errors))
    return pipelines


def examine(
    documents: Document | Iterable[Document], settings: RunSettings
) -> tuple[Pipelines, tuple[Problem, ...]]:
    """The compiled pipelines and all problems, warnings too; with errors among them they must not be run."""
    listed = [documents] if isinstance(documents, dict) else documents
    stages = tuple(build_stage(to_api(document), (index,), settings) for index, document in enumerate(listed))
    found = [problem for stage in stages for item in stage.walk() for problem in item.problems]
    return Pipelines(stages), tuple(dict.fromkeys(found))


def diagnostic(problem: Problem) -> Diagnostic:
    """The problem as a diagnostic that names its path, for where no file is known."""
    place = format_path(problem.path)
    place += f" line {problem.line} column {problem.column}" if problem.line else ""
    severity = Severity.WARNING if problem.warning else Severity.ERROR
    return Diagnostic(
        f"{place}: {problem.message}", hint=problem.hint, severity=severity, length=problem.length
    )
