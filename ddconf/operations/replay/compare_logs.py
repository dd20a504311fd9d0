"""One log before and after a change of pipelines: which rules match, and what is where."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ddconf.document import JSON, Document, canonical
from ddconf.operations.pipeline_tests.traits import Traits, traits_of
from ddconf.operations.replay.fidelity import fidelity, moves_of
from ddconf.operations.replay.recorded_log import recorded_log
from ddconf.operations.replay.report import ReplayTally
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.line_shape import line_shape
from ddconf.pipelines.log import Log
from ddconf.pipelines.trace import Outcome, Reason, Step

_TYPES = {str: "text", bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}
_GROK = "grok-parser"


@dataclass(frozen=True, slots=True)
class _Line:
    file: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class _Side:
    """What came of a log on one side of the change."""

    traits: Traits
    met: tuple[int, ...]
    """Pipelines whose filters took the log, by their place."""
    names: frozenset[str]
    unparsed: str
    """The pipeline whose grok parsers all failed; empty where one matched, or none was met."""


class LogComparison:
    """Compiled pipelines before and after; raises DdconfError where they cannot be compiled."""

    def __init__(self, before: Sequence[Document], after: Sequence[Document], now: datetime) -> None:
        self._old, self._new = _runner(before, now), _runner(after, now)
        self._names = _names(before)
        self._moves = [moves_of(pipeline) for pipeline in before]

    def count(self, tally: ReplayTally, file: str, number: int, text: str) -> None:
        """Run a line through both sides, and count what differs."""
        line, recorded = _Line(file, number, text), recorded_log(text)
        old, new = self._old(recorded.log), self._new(recorded.log)
        tally.logs += 1
        for place in old.met:
            _count(tally, ("recording", fidelity(recorded, self._moves[place]), self._names[place]), line)
        _count_rules(tally, line, old.traits, new.traits)
        if _count_places(tally, line, old.traits, new.traits):
            tally.changed += 1
            for name in old.names | new.names:
                _count(tally, ("pipeline", "other results", name), line)
        if new.unparsed:
            event = "still" if old.unparsed else "newly"
            message = new.traits.places.get(("field", "message"), "")
            _count(tally, ("unparsed", event, f"{new.unparsed}: {line_shape(str(message))}"), line)


def _names(documents: Sequence[Document]) -> list[str]:
    return [str(to_api(document).get("name", "")) or "unnamed" for document in documents]


def _runner(documents: Sequence[Document], now: datetime) -> Callable[[Log], _Side]:
    compiled = compile_pipelines(documents, now=lambda: now)
    names = _names(documents)

    def rule(step: Step) -> str:
        parser = f" / {step.name}" if step.name else ""
        return f"{names[int(step.path[0])]}{parser} / {step.report.matched}"

    def run(log: Log) -> _Side:
        outcome = compiled.run(log)
        met = tuple(int(step.path[0]) for step in outcome.trace if len(step.path) == 1 and step.applied)
        met_names = frozenset(names[place] for place in met)
        return _Side(traits_of(outcome, rule), met, met_names, _unparsed(outcome, names))

    return run


def _unparsed(outcome: Outcome, names: Sequence[str]) -> str:
    parsers = [step for step in outcome.trace if step.type == _GROK]
    if any(step.applied for step in parsers):
        return ""
    failed = (step for step in parsers if step.report.reason in (Reason.NO_MATCH, Reason.RUNAWAY))
    return next((names[int(step.path[0])] for step in failed), "")


def _count(tally: ReplayTally, finding: tuple[str, str, str], line: _Line) -> None:
    tally.count(finding, line.file, line.number, line.text)


def _count_rules(tally: ReplayTally, line: _Line, old: Traits, new: Traits) -> None:
    for event, rules in (
        ("lost", old.rules - new.rules),
        ("gained", new.rules - old.rules),
        ("kept", old.rules & new.rules),
        ("runs away", new.runaway - old.runaway),
    ):
        for rule in rules:
            _count(tally, ("rule", event, rule), line)


def _count_places(tally: ReplayTally, line: _Line, old: Traits, new: Traits) -> bool:
    """Count places that differ; whether there are any."""
    changed = False
    for place in {**old.places, **new.places}:
        event = _event(place in old.places, old.places.get(place), place in new.places, new.places.get(place))
        if event:
            changed = True
            _count(tally, (place[0], event, place[1]), line)
    statuses = (old.places.get(("field", "status")), new.places.get(("field", "status")))
    if statuses[0] != statuses[1]:
        _count(tally, ("status", "changes", f"{statuses[0] or 'none'} to {statuses[1] or 'none'}"), line)
    return changed


def _event(was: bool, old: JSON, is_: bool, new: JSON) -> str:
    if not (was and is_):
        return "vanishes" if was else "appears"
    if type(old) is type(new) and old == new and (type(old) is not list or canonical(old) == canonical(new)):
        return ""
    kinds = _TYPES.get(type(old), "null"), _TYPES.get(type(new), "null")
    return "changes" if kinds[0] == kinds[1] else f"becomes {kinds[1]} instead of {kinds[0]}"
