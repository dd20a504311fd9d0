"""Logs through the pipelines before and after a change, on several processes where that is wanted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ddconf.document import JSON, Document, canonical
from ddconf.operations.pipeline_tests.traits import Traits, traits_of
from ddconf.operations.replay.counts import ReplayCounts
from ddconf.operations.replay.recorded_log import recorded_log
from ddconf.pipelines.asset import to_api
from ddconf.pipelines.engine import compile_pipelines
from ddconf.pipelines.line_shape import line_shape
from ddconf.pipelines.log import Log
from ddconf.pipelines.trace import Outcome, Reason, Step

_WAITING = 4
"""Blocks under way for each process, so that memory stays the same however many logs there are."""
_TYPES = {str: "text", bool: "boolean", int: "number", float: "number", list: "list", dict: "object"}


@dataclass(frozen=True)
class PipelineChange:
    """All pipelines before and after, each in the order in which logs meet them."""

    before: tuple[Document, ...]
    after: tuple[Document, ...]


def replay(change: PipelineChange, blocks: Iterable[Sequence[str]], jobs: int = 1) -> ReplayCounts:
    """What comes out otherwise; raises DdconfError where pipelines cannot be compiled."""
    compare_block = _block_comparison(change, datetime.now(UTC))
    total = ReplayCounts()
    results = map(compare_block, blocks) if jobs == 1 else _in_processes(change, blocks, jobs, compare_block)
    for plain in results:
        total.add(plain)
    return total


def _in_processes(
    change: PipelineChange, blocks: Iterable[Sequence[str]], jobs: int, here: Callable[[Sequence[str]], Any]
) -> Iterator[Any]:
    from ddconf.cache.worker_pool import WorkerProcesses

    waiting: deque[tuple[Sequence[str], Future[Any]]] = deque()

    def first() -> Any:
        block, future = waiting.popleft()
        try:
            return future.result()
        except OSError:  # that process is gone, for whatever reason
            return here(block)

    about = (list(change.before), list(change.after), datetime.now(UTC).isoformat())
    with WorkerProcesses(f"{__name__}:worker", about, jobs) as workers:
        for block in blocks:
            waiting.append((block, workers.submit(list(block))))
            if len(waiting) > _WAITING * jobs:
                yield first()
        while waiting:
            yield first()


def worker(about: Any) -> Callable[[list[str]], Any]:
    """What a process does with each block."""
    before, after, now = about
    return _block_comparison(PipelineChange(tuple(before), tuple(after)), datetime.fromisoformat(now))


def _block_comparison(change: PipelineChange, now: datetime) -> Callable[[Sequence[str]], Any]:
    old, new = _runner(change.before, now), _runner(change.after, now)

    def compare_block(block: Sequence[str]) -> Any:
        tally = ReplayCounts()
        for line in block:
            if line.strip():
                log = recorded_log(line)
                _compare(tally, line, old(log), new(log))
        return tally.as_plain()

    return compare_block


@dataclass(frozen=True, slots=True)
class _Side:
    traits: Traits
    unparsed: str
    """The pipeline whose grok parsers all failed; empty where one matched, or none was met."""


def _runner(documents: Sequence[Document], now: datetime) -> Callable[[Log], _Side]:
    compiled = compile_pipelines(documents, now=lambda: now)
    names = [str(to_api(document).get("name", "")) for document in documents]

    def rule(step: Step) -> str:
        parser = f" / {step.name}" if step.name else ""
        return f"{names[int(step.path[0])]}{parser} / {step.report.matched}"

    def run(log: Log) -> _Side:
        outcome = compiled.run(log)
        return _Side(traits_of(outcome, rule), _unparsed(outcome, names))

    return run


def _unparsed(outcome: Outcome, names: Sequence[str]) -> str:
    parsers = [step for step in outcome.trace if step.type == "grok-parser"]
    if any(step.applied for step in parsers):
        return ""
    failed = (step for step in parsers if step.report.reason in (Reason.NO_MATCH, Reason.RUNAWAY))
    return next((names[int(step.path[0])] or "unnamed" for step in failed), "")


def _compare(tally: ReplayCounts, line: str, old: _Side, new: _Side) -> None:
    tally.logs += 1
    _count_rules(tally, line, old.traits, new.traits)
    if _count_places(tally, line, old.traits, new.traits):
        tally.changed += 1
    if new.unparsed:
        event = "still" if old.unparsed else "newly"
        message = new.traits.places.get(("field", "message"), "")
        tally.count(("unparsed", event, f"{new.unparsed}: {line_shape(str(message))}"), line)


def _count_rules(tally: ReplayCounts, line: str, old: Traits, new: Traits) -> None:
    for event, rules in (
        ("lost", old.rules - new.rules),
        ("gained", new.rules - old.rules),
        ("kept", old.rules & new.rules),
        ("runs away", new.runaway - old.runaway),
    ):
        for rule in rules:
            tally.count(("rule", event, rule), line)


def _count_places(tally: ReplayCounts, line: str, old: Traits, new: Traits) -> bool:
    """Count places that differ; whether there are any."""
    changed = False
    for place in {**old.places, **new.places}:
        event = _event(place in old.places, old.places.get(place), place in new.places, new.places.get(place))
        if event:
            changed = True
            tally.count((place[0], event, place[1]), line)
    statuses = (old.places.get(("field", "status")), new.places.get(("field", "status")))
    if statuses[0] != statuses[1]:
        tally.count(("status", "changes", f"{statuses[0] or 'none'} to {statuses[1] or 'none'}"), line)
    return changed


def _event(was: bool, old: JSON, is_: bool, new: JSON) -> str:
    if not (was and is_):
        return "vanishes" if was else "appears"
    if canonical(old) == canonical(new):
        return ""
    kinds = _TYPES.get(type(old), "null"), _TYPES.get(type(new), "null")
    return "changes" if kinds[0] == kinds[1] else f"becomes {kinds[1]} instead of {kinds[0]}"
