"""Results of pipeline tests as a person reads them: dots or lines, what failed leaf by leaf, a summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import unified_diff
from itertools import groupby

from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, Absent
from ddconf.pipelines.cases import Case
from ddconf.pipelines.coverage import Coverage, CoveredPart
from ddconf.pipelines.processors import find_processor
from ddconf.pipelines.query import RESERVED_FIELDS
from ddconf.pipelines.verdict import CaseStatus, LogDifference, Report, Verdict
from ddconf.render import grok
from ddconf.render.style import bold, paint
from ddconf.render.values import printable, quoted

_DOTS = {CaseStatus.PASSED: ".", CaseStatus.FAILED: "F", CaseStatus.SKIPPED: "s"}
_SYMBOLS = {CaseStatus.PASSED: "+", CaseStatus.FAILED: "-", CaseStatus.SKIPPED: "~"}
_COLORS = {CaseStatus.PASSED: "green", CaseStatus.FAILED: "red", CaseStatus.SKIPPED: "yellow"}
_LOG_WIDTH = 200
_PARTS = 8
_OF_MONITORS = ("status", "threshold", "conditional")
"""What is covered of a monitor, besides the processors of pipelines."""


def dots(report: Report, *, color: bool = False) -> str:
    """`logs_custom_pipeline.nginx ....F..`"""
    marks = (paint(_DOTS[verdict.status], _SYMBOLS[verdict.status], color) for verdict in report.verdicts)
    return f"{report.suite.name} {''.join(marks)}"


def lines(report: Report, *, color: bool = False) -> Iterator[str]:
    """A line for each case: its name, where it stands, how it went."""
    for case, verdict in report.rows():
        word = paint(verdict.status.upper(), _SYMBOLS[verdict.status], color)
        why = f" ({'; '.join(verdict.reasons)})" if verdict.status is CaseStatus.SKIPPED else ""
        yield f"{_name(report, case)} {word}{why}  {paint(_place(case), '#', color)}".rstrip()


def failures(report: Report, *, color: bool = False) -> Iterator[str]:
    """Every failed case of a suite: the log, and what is not as expected."""
    if report.mistakes:
        yield bold(f"FAILED {report.suite.name}: the pipeline cannot be compiled", color, "red")
        return
    for case, verdict in report.rows():
        if verdict.status is CaseStatus.FAILED:
            yield bold(f"FAILED {_name(report, case)}", color, "red")
            yield from (f"  {line}" for line in _failure(case, verdict, color))
            yield ""


def _failure(case: Case, verdict: Verdict, color: bool) -> Iterator[str]:
    if case.source:
        yield f"--> {case.source}"
    if case.log is not None:
        log = case.log if isinstance(case.log, str) else quoted(case.log)
        yield f"log: {printable(log[:_LOG_WIDTH])}{'…' * (len(log) > _LOG_WIDTH)}"
    yield from (paint(reason, "-", color) for reason in verdict.reasons)
    for difference in verdict.differences:
        yield from _difference(difference, color)
        if case.by_path and difference.found is ABSENT and difference.place[1:] in RESERVED_FIELDS:
            yield "  this is an attribute; the official field is expected beside `expect`, not in it"
    if verdict.stuck:
        yield from grok.stopped(verdict.stuck.text, verdict.stuck.explanation, color=color)


def _difference(difference: LogDifference, color: bool) -> Iterator[str]:
    where = (
        paint(f"  {difference.source.file}:{difference.source.line}", "#", color) if difference.source else ""
    )
    yield f"{bold(printable(difference.place), color)}{where}"
    yield f"  expected {paint(_value(difference.expected), '+', color)}"
    yield f"  found    {paint(_value(difference.found), '-', color)}"


def _value(value: JSON | Absent) -> str:
    return "nothing" if value is ABSENT or value is None else quoted(value)


def message(report: Report, verdict: Verdict) -> str:
    """What is wrong with a case, in plain words, for formats without colours."""
    found = [
        f"{item.place}: expected {_value(item.expected)}, found {_value(item.found)}"
        for item in verdict.differences
    ]
    stuck = [grok.summary_of(verdict.stuck.explanation)] if verdict.stuck else []
    return "\n".join((*verdict.reasons, *map(str, report.mistakes), *found, *stuck))


def rewritten(file: str, before: str, after: str, *, color: bool = False) -> Iterator[str]:
    """What an update changes in a file, as a unified diff."""
    for line in unified_diff(before.splitlines(), after.splitlines(), file, file, lineterm=""):
        yield paint(printable(line), line[0], color)


def counts(reports: Iterable[Report]) -> dict[CaseStatus, int]:
    """How many cases passed, failed and were skipped."""
    found = Counter(verdict.status for report in reports for verdict in report.verdicts)
    return {status: found[status] for status in CaseStatus}


def summary(counted: Mapping[CaseStatus, int], seconds: float, *, color: bool = False) -> str:
    """`1 failed, 41 passed in 0.52s`"""
    worst = CaseStatus.FAILED if counted[CaseStatus.FAILED] else CaseStatus.PASSED
    order = (CaseStatus.FAILED, CaseStatus.PASSED, CaseStatus.SKIPPED)
    parts = [f"{counted[status]} {status}" for status in order if counted[status]]
    return bold(f"{', '.join(parts)} in {seconds:.2f}s", color, _COLORS[worst])


def coverage(reports: Iterable[Report], *, color: bool = False) -> Iterator[str]:
    """How much of each pipeline the cases reached, and what they did not."""
    yield bold("Coverage of processors, rules, categories and lookup rows, and of monitors and SLOs:", color)
    for report in reports:
        if report.coverage is not None:
            yield f"  {report.suite.name} {report.coverage.share:.0%}"
            yield from (f"    {line}" for line in _missed(report.coverage))


def _missed(found: Coverage) -> Iterator[str]:
    """A line for each processor that has something that no case reached."""
    for _, group in groupby(found.missed, key=lambda part: part.path):
        parts: Sequence[CoveredPart] = list(group)
        label = f"{parts[0].type} '{printable(parts[0].name)}'"
        if parts[0].type in _OF_MONITORS:
            yield f"{label} was never reached"
            continue
        if not parts[0].part:
            yield f"{label} was never applied"
            continue
        names = [printable(part.part) for part in parts]
        more = f" and {len(names) - _PARTS} more" if len(names) > _PARTS else ""
        yield f"{label} never matched: {', '.join(names[:_PARTS])}{more}"


def notes(report: Report, *, color: bool = False) -> Iterator[str]:
    """What is to be said of cases that passed: where their result hangs on what Datadog does not document."""
    for case, verdict in report.rows():
        if verdict.status is CaseStatus.PASSED:
            for reason in verdict.reasons:
                yield paint(f"{_name(report, case)}: {reason}", "~", color)


def passed_over(report: Report, *, color: bool = False) -> Iterator[str]:
    """A line for each processor of a type that nobody here knows, so that it did nothing."""
    for part in report.coverage.missed if report.coverage else ():
        if part.type not in _OF_MONITORS and find_processor(part.type) is None:
            what = f"processor '{printable(part.name)}' was passed over"
            text = f"{report.suite.name}: {what}, its type '{printable(part.type)}' is unknown"
            yield paint(text, "~", color)


def _name(report: Report, case: Case) -> str:
    return f"{report.suite.name} {printable(case.name)}"


def _place(case: Case) -> str:
    return f"{case.source.file}:{case.source.line}" if case.source else ""
