"""Run the cases of log pipelines, on several processes where there are many."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from time import perf_counter
from typing import Any

from ddconf.document import Document, get
from ddconf.errors import DdconfError, Severity
from ddconf.operations.pipeline_suites import Collection
from ddconf.operations.validate import pipeline_problems
from ddconf.pipelines.asset import expected_fields, to_api
from ddconf.pipelines.attributes import ABSENT, find, put, split
from ddconf.pipelines.cases import YEAR, Case, Suite
from ddconf.pipelines.coverage import coverage
from ddconf.pipelines.draft import Draft
from ddconf.pipelines.engine import Pipelines, compile_pipelines
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.grok import GrokTimeout, compile_grok
from ddconf.pipelines.log import Log
from ddconf.pipelines.trace import Outcome, Reason, Step
from ddconf.pipelines.verdict import Report, Status, Stuck, Verdict, differences, reasons

_WORTH_PROCESSES = 12
"""Suites from which on several processes are quicker than one: each must be started, and compiles."""


def run(
    collection: Collection, *, enrichment: Enrichment | None = None, processes: int | None = None
) -> Iterator[Report]:
    """A report for each suite, in order, as they come in."""
    suites = collection.suites
    wanted = processes or (os.cpu_count() or 1 if len(suites) >= _WORTH_PROCESSES else 1)
    reports = _in_processes(suites, enrichment, wanted) if wanted > 1 else _in_turn(suites, enrichment)
    for report, suite in zip(reports, suites, strict=True):
        if report is None:
            yield _broken(suite, collection)
        else:
            yield replace(report, suite=suite)


def _in_turn(suites: Iterable[Suite], enrichment: Enrichment | None) -> Iterator[Report | None]:
    return (run_suite(suite, enrichment) for suite in suites)


_shared: tuple[Sequence[Suite], Enrichment | None] = ((), None)


def _share(suites: Sequence[Suite], enrichment: Enrichment | None) -> None:
    global _shared
    _shared = (suites, enrichment)


def _run_shared(index: int) -> Report | None:
    suites, enrichment = _shared
    report = run_suite(suites[index], enrichment)
    return replace(report, suite=Suite("", ())) if report else None  # the parent has the suite


def _in_processes(
    suites: Sequence[Suite], enrichment: Enrichment | None, processes: int
) -> Iterator[Report | None]:
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else None
    context: Any = multiprocessing.get_context(method)
    with ProcessPoolExecutor(processes, context, _share, (suites, enrichment)) as pool:
        yield from pool.map(_run_shared, range(len(suites)))


def run_suite(suite: Suite, enrichment: Enrichment | None = None) -> Report | None:
    """The report of a suite; None where its pipelines cannot be compiled."""
    bench = _Bench(suite, enrichment)
    try:
        pipelines = bench.open
    except DdconfError:
        return None
    outcomes: list[Outcome] = []
    verdicts = []
    for case in suite.cases:
        start = perf_counter()
        verdict, outcome = bench.judge(case)
        verdicts.append(replace(verdict, seconds=perf_counter() - start))
        outcomes += [outcome] if outcome else []
    return Report(suite, tuple(verdicts), coverage(pipelines, outcomes))


def _broken(suite: Suite, collection: Collection) -> Report:
    """The report of a suite whose pipelines have mistakes: no case can be run."""
    known = collection.definitions
    concerned = [known[suite.name]] if suite.name in known else known.values()
    problems = (problem for definition in concerned for problem in pipeline_problems(definition))
    mistakes = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    verdict = Verdict(Status.FAILED, reasons=("the pipeline cannot be compiled",))
    return Report(suite, (verdict,) * len(suite.cases), mistakes=mistakes)


class _Clock:
    """The clock of the case that runs; the pipelines are compiled once for all."""

    def __init__(self) -> None:
        self.moment = YEAR

    def __call__(self) -> datetime:
        return self.moment


class _Bench:
    """The compiled pipelines of a suite, with the filter of the pipeline itself and without."""

    def __init__(self, suite: Suite, enrichment: Enrichment | None) -> None:
        self.documents = [to_api(document) for document in suite.pipelines]
        self.clock, self.enrichment = _Clock(), enrichment

    @cached_property
    def open(self) -> Pipelines:
        """Where one pipeline is tested, logs are for it, and it runs even if it is off in Datadog."""
        if len(self.documents) != 1:
            return self.filtered
        always = {"is_enabled": True, "filter": {"query": "*"}}
        return self._compiled([{**self.documents[0], **always}])

    @cached_property
    def filtered(self) -> Pipelines:
        return self._compiled(self.documents)

    def _compiled(self, documents: list[Document]) -> Pipelines:
        return compile_pipelines(documents, now=self.clock, enrichment=self.enrichment)

    @cached_property
    def implied(self) -> dict[str, str]:
        """What a log must carry to be for the pipeline, as far as its filter says."""
        return expected_fields(self.documents[0]) if len(self.documents) == 1 else {}

    def judge(self, case: Case) -> tuple[Verdict, Outcome | None]:
        """The verdict on a case, and the outcome if it was run."""
        if case.skip:
            return Verdict(Status.SKIPPED, reasons=(case.skip,)), None
        self.clock.moment = case.now
        outcome = self._sample(case) if case.parser else self._outcome(case)
        if case.parser and outcome.trace[0].report.reason is Reason.DISABLED:
            return Verdict(Status.SKIPPED, reasons=("the grok parser is disabled",)), None
        found = outcome.log.as_json()
        differing = tuple(
            replace(item, source=case.origin.at(item.path) if case.origin else None)
            for item in differences(case, found)
        )
        why = tuple(reasons(case, outcome))
        if not differing and not why:
            bare = not case.expected and not case.no_match and not case.parser
            return Verdict(Status.PASSED, actual=found if bare else None), outcome
        return Verdict(Status.FAILED, differing, why, found, stuck=self._stuck(outcome)), outcome

    def _outcome(self, case: Case) -> Outcome:
        if case.filtered:
            return self.filtered.run(case.arriving())
        return self.open.run(replace(case, given={**self.implied, **case.given}).arriving())

    def _sample(self, case: Case) -> Outcome:
        """The grok parser alone, on its source."""
        source = get(self.documents[0], case.parser).get("source", "message")
        log = Log(case.log if source == "message" else "")
        if source != "message":
            put(log.attributes, split(source), case.log)
        draft = Draft(log)
        path = (0, *case.parser)
        next(stage for stage in self.open.walk() if stage.path == path).run(draft)
        return Outcome(draft.log(), tuple(draft.steps or ()))

    def _stuck(self, outcome: Outcome) -> Stuck | None:
        """How far the first grok parser came with its text, if none matched."""
        parsers = [step for step in outcome.trace if step.type == "grok-parser"]
        failed = next((step for step in parsers if step.report.reason is Reason.NO_MATCH), None)
        if failed is None or any(step.applied for step in parsers):
            return None
        return self._explained(failed, outcome.log)

    def _explained(self, step: Step, log: Log) -> Stuck | None:
        processor = get(self.documents, step.path)
        source, grok = processor.get("source", "message"), processor["grok"]
        text = log.message if source == "message" else find(log.attributes, split(source))
        if text is ABSENT or not isinstance(text, str):
            return None
        try:
            explanation = compile_grok(grok["match_rules"], grok.get("support_rules") or "").explain(text)
        except GrokTimeout:
            return None
        return Stuck(text, explanation) if explanation else None
