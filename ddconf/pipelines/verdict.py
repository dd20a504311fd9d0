"""What came of test cases: logs compared with what was expected of them, strictly by type (1 is not 1.0)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ddconf.document import JSON, Document, Path, canonical, copy
from ddconf.errors import Diagnostic, Source
from ddconf.pipelines.attributes import ABSENT, Absent, drop, find, split
from ddconf.pipelines.cases import Case, Suite
from ddconf.pipelines.coverage import Coverage
from ddconf.pipelines.grok import Explanation
from ddconf.pipelines.trace import Outcome, Reason


class CaseStatus(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class LogDifference:
    """One place of the log that is not as expected; ABSENT where nothing was, or should be."""

    path: Path
    expected: JSON | Absent
    found: JSON | Absent
    source: Source | None = None

    @property
    def place(self) -> str:
        """As in a search: `@network.client.ip` is an attribute, `status` an official field."""
        name, *below = map(str, self.path)
        return f"@{'.'.join(below)}" if name == "attributes" and below else name


@dataclass(frozen=True, slots=True)
class Stuck:
    """A text that no rule of a grok parser matches, and how far the best one comes."""

    text: str
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a case went; `reasons` say in words what is wrong besides single places of the log."""

    status: CaseStatus
    differences: tuple[LogDifference, ...] = ()
    reasons: tuple[str, ...] = ()
    actual: Document | None = None
    """The log that came out, as JSON, if it may serve as the new expectation."""
    seconds: float = 0.0
    stuck: Stuck | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A suite with a verdict for each case; `mistakes` kept its pipelines from running."""

    suite: Suite
    verdicts: tuple[Verdict, ...]
    coverage: Coverage | None = None
    mistakes: tuple[Diagnostic, ...] = ()

    def rows(self) -> Iterator[tuple[Case, Verdict]]:
        """Each case with its verdict."""
        return zip(self.suite.cases, self.verdicts, strict=True)


def differences(case: Case, found: Document) -> Iterator[LogDifference]:
    """Every place at which a log in the form of `Log.as_json` is not what the case expects."""
    for name, value in case.expected.items():
        there = found.get(name, ABSENT)
        if name == "attributes":
            yield from _attributes(case, value, there)
        elif name == "tags" and not case.exact:
            if not set(value) <= set(found["tags"]):
                yield LogDifference((name,), value, there)
        elif not _same(value, there) and not (name == "message" and _same_json(value, there)):
            yield LogDifference((name,), value, there)


def _attributes(case: Case, expected: Document, found: Document) -> Iterator[LogDifference]:
    named = [key for key in expected if case.by_path and "." in key and key not in found]
    for key in named:
        yield from _leaves(("attributes", key), expected[key], find(found, split(key)), case.exact)
    if named and not case.exact and len(named) == len(expected):
        return
    rest = copy(found) if named else found
    for key in named:
        drop(rest, split(key))
    nested = {key: value for key, value in expected.items() if key not in named}
    yield from _leaves(("attributes",), nested, rest, case.exact)


def _leaves(
    path: Path, expected: JSON | Absent, found: JSON | Absent, exact: bool
) -> Iterator[LogDifference]:
    if isinstance(expected, dict) and isinstance(found, dict) and (expected or exact):
        others = [key for key in found if key not in expected] if exact else []
        for key in (*expected, *others):
            yield from _leaves((*path, key), expected.get(key, ABSENT), found.get(key, ABSENT), exact)
    elif not _same(expected, found):
        yield LogDifference(path, expected, found)


def _same(expected: JSON | Absent, found: JSON | Absent) -> bool:
    if expected is ABSENT or found is ABSENT:
        return expected in (ABSENT, None) and found in (ABSENT, None)
    return canonical(expected) == canonical(found)


def _same_json(expected: JSON, found: JSON) -> bool:
    """Whether two messages are the same JSON object, perhaps printed otherwise."""
    try:
        return _same(json.loads(expected), json.loads(found)) and expected.lstrip().startswith("{")
    except (TypeError, ValueError):
        return False


def reasons(case: Case, outcome: Outcome) -> Iterator[str]:
    """What is wrong besides the places of the log: a rule that ran away, one that matches and must not."""
    parsers = [step for step in outcome.trace if step.type == "grok-parser"]
    for step in parsers:
        if step.report.reason is Reason.RUNAWAY:
            yield step.report.detail
        elif case.no_match and step.applied:
            yield f"grok rule '{step.report.matched}' of '{step.name}' matches"
    if case.expected or case.no_match:
        return
    working = parsers or [step for step in outcome.trace if step.type != "pipeline"]
    if not any(step.applied for step in working):
        yield "no grok rule matches" if parsers else "no processor does anything with it"
