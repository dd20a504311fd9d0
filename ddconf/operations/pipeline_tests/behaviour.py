"""What a change to a log pipeline does to logs: samples and test cases run before and after, and compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.document import JSON, Document, canonical, get
from ddconf.errors import DdconfError
from ddconf.operations.pipeline_tests.bench import Bench
from ddconf.operations.pipeline_tests.cases import read_cases, samples
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, as_run
from ddconf.operations.pipeline_tests.files import find_test_files
from ddconf.operations.pipeline_tests.traits import Place, Traits, traits_of
from ddconf.pipelines.cases import Case
from ddconf.plans.change import Action, Plan

_NAMED = 5
_LINES = 12
_EXAMPLE = 80
_CHANGES = "changes in"


def behaviours(plan: Plan, root: Path, ignore: tuple[str, ...] = ()) -> dict[Address, list[str]]:
    """What each update of a pipeline in the plan does to the logs at hand; costs nothing without one."""
    updates = [
        (change.address, change.before, as_run(change.desired))
        for change in plan.changes
        if change.action is Action.UPDATE and change.address.kind == KIND and change.before and change.desired
    ]
    if not updates:
        return {}
    tests = _tests(root, ignore)
    return {
        address: behaviour(before, after, [*_samples(before, after), *tests.get(str(address), ())])
        for address, before, after in updates
    }


def _tests(root: Path, ignore: tuple[str, ...]) -> dict[str, list[Case]]:
    """The test cases by address; a file with mistakes is left to `ddconf test`."""
    found: dict[str, list[Case]] = {}
    for file in find_test_files((root,), ignore).own:
        try:
            for address, cases in read_cases(file).items():
                found.setdefault(address, []).extend(cases)
        except DdconfError:
            continue
    return found


def _samples(*pipelines: Document) -> Iterator[Case]:
    """The samples that are whole logs, as logs for the pipeline."""
    seen = set()
    for pipeline in pipelines:
        for case in samples(Definition(Address(KIND, "pipeline"), pipeline)):
            reads_message = get(pipeline, (*case.parser, "source"), "message") == "message"
            if reads_message and case.log not in seen:
                seen.add(case.log)
                yield replace(case, parser=())


def behaviour(before: Document, after: Document, cases: Sequence[Case]) -> list[str]:
    """What comes out otherwise, in words; nothing where no log is at hand or a pipeline cannot be run."""
    old, new = Bench([before], as_is=True), Bench([after], as_is=True)
    try:
        pairs = [(traits_of(old.run(case)), traits_of(new.run(case))) for case in cases]
    except DdconfError:
        return []
    if not pairs:
        return []
    lines = [*_rules(pairs), *_places(pairs)]
    if not lines:
        return [
            f"all {_logs(len(pairs))} come out as before" if len(pairs) > 1 else "the log comes out as before"
        ]
    more = len(lines) - _LINES
    return lines if more <= 0 else [*lines[:_LINES], f"and {more} more differences"]


Pairs = Sequence[tuple[Traits, Traits]]
T = TypeVar("T")


def _rules(pairs: Pairs) -> Iterator[str]:
    """`rule QNAP_Conn stops matching 2 of 5 logs`"""
    for name in _in_order(rule for pair in pairs for traits in pair for rule in sorted(traits.rules)):
        had = {index for index, (old, _) in enumerate(pairs) if name in old.rules}
        has = {index for index, (_, new) in enumerate(pairs) if name in new.rules}
        if had - has:
            yield f"rule {name} stops matching {len(had - has)} of {_logs(len(had))}"
        if has - had:
            yield f"rule {name} starts to match {len(has - had)} of {_logs(len(pairs))}"
    for name in _in_order(rule for _, new in pairs for rule in sorted(new.runaway)):
        count = sum(name in new.runaway - old.runaway for old, new in pairs)
        if count:
            yield f"rule {name} runs away on {_logs(count)}"


def _places(pairs: Pairs) -> Iterator[str]:
    """`attribute network.client.ip disappears from 3 logs`; what happens to the same logs is said at once."""
    together: dict[tuple[str, str, frozenset[int]], list[str]] = {}
    for word, name in _in_order(place for pair in pairs for traits in pair for place in traits.places):
        fates: dict[str, set[int]] = {}
        for index, (old, new) in enumerate(pairs):
            if fate := _fate((word, name), old.places, new.places):
                fates.setdefault(fate, set()).add(index)
        for fate, found in fates.items():
            together.setdefault((word, fate, frozenset(found)), []).append(name)
    for (word, fate, logs), names in together.items():
        example = _example((word, names[0]), pairs, logs) if fate == _CHANGES and len(names) == 1 else ""
        verb, _, rest = fate.partition(" ")
        agreeing = verb if len(names) == 1 else verb.removesuffix("s")
        yield f"{_listed(word, names)} {agreeing} {rest} {_logs(len(logs))}{example}"


def _fate(place: Place, old: Mapping[Place, JSON], new: Mapping[Place, JSON]) -> str:
    if place not in new:
        return "disappears from" if place in old else ""
    if place not in old:
        return "appears in"
    return _CHANGES if canonical(old[place]) != canonical(new[place]) else ""


def _example(place: Place, pairs: Pairs, logs: frozenset[int]) -> str:
    """`, as from 12 to 12.5`"""
    old, new = pairs[min(logs)]
    text = f", as from {canonical(old.places[place])} to {canonical(new.places[place])}"
    return text if len(text) <= _EXAMPLE else ""


def _listed(word: str, names: Sequence[str]) -> str:
    """`attributes a, b and 3 more`"""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{word}{'s' * (len(names) > 1)} {', '.join(names[:_NAMED])}{more}"


def _in_order(names: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(names))


def _logs(count: int) -> str:
    return f"{count} log{'s' * (count != 1)}"
