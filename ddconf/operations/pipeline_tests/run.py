"""Run the cases of log pipelines, on several processes where there are many."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from time import perf_counter
from typing import Any

from ddconf.document import get
from ddconf.errors import DdconfError, Severity
from ddconf.operations.pipeline_tests.bench import Bench
from ddconf.operations.pipeline_tests.suites import Collection
from ddconf.operations.validate import pipeline_problems
from ddconf.pipelines.attributes import find, split
from ddconf.pipelines.cases import Case, Suite
from ddconf.pipelines.coverage import coverage
from ddconf.pipelines.enrichment import Enrichment
from ddconf.pipelines.grok import GrokTimeout, compile_grok
from ddconf.pipelines.processors.grok_parser import trimmed
from ddconf.pipelines.trace import Outcome, Reason
from ddconf.pipelines.verdict import CaseStatus, Report, Stuck, Verdict, differences, reasons

_WORTH_PROCESSES = 50
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
    yield from collection.unreadable


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
    bench = Bench(suite.pipelines, enrichment)
    try:
        pipelines = bench.open
    except DdconfError:
        return None
    outcomes: list[Outcome] = []
    verdicts = []
    for case in suite.cases:
        start = perf_counter()
        verdict, outcome = _judge(bench, case)
        verdicts.append(replace(verdict, seconds=perf_counter() - start))
        outcomes += [outcome] if outcome else []
    return Report(suite, tuple(verdicts), coverage(pipelines, outcomes))


def _judge(bench: Bench, case: Case) -> tuple[Verdict, Outcome | None]:
    """The verdict on a case, and the outcome if it was run."""
    if case.skip:
        return Verdict(CaseStatus.SKIPPED, reasons=(case.skip,)), None
    outcome = bench.run(case)
    if case.parser and outcome.trace[0].report.reason is Reason.DISABLED:
        return Verdict(CaseStatus.SKIPPED, reasons=("the grok parser is disabled",)), None
    found = outcome.log.as_json()
    differing = tuple(
        replace(item, source=case.origin.at(item.path) if case.origin else None)
        for item in differences(case, found)
    )
    why = tuple(reasons(case, outcome))
    if differing or why:
        return Verdict(CaseStatus.FAILED, differing, why, found, stuck=_stuck(bench, outcome)), outcome
    expects_nothing = not case.expected and not case.no_match
    return Verdict(CaseStatus.PASSED, actual=found if expects_nothing else None), outcome


def _stuck(bench: Bench, outcome: Outcome) -> Stuck | None:
    """How far the first grok parser comes with its text, if none matches."""
    parsers = [step for step in outcome.trace if step.type == "grok-parser"]
    failed = next((step for step in parsers if step.report.reason is Reason.NO_MATCH), None)
    if failed is None or any(step.applied for step in parsers):
        return None
    processor = get(bench.documents, failed.path)
    source, grok = processor.get("source", "message"), processor["grok"]
    text = outcome.log.message if source == "message" else find(outcome.log.attributes, split(source))
    if not isinstance(text, str):
        return None
    try:
        explanation = compile_grok(grok["match_rules"], grok.get("support_rules") or "").explain(
            trimmed(text)
        )
    except GrokTimeout:
        return None
    return Stuck(text, explanation) if explanation else None


def _broken(suite: Suite, collection: Collection) -> Report:
    """The report of a suite whose pipelines have mistakes: no case can be run."""
    known = collection.definitions
    concerned = [known[suite.name]] if suite.name in known else known.values()
    problems = (problem for definition in concerned for problem in pipeline_problems(definition))
    mistakes = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    verdict = Verdict(CaseStatus.FAILED, reasons=("the pipeline cannot be compiled",))
    return Report(suite, (verdict,) * len(suite.cases), mistakes=mistakes)
