"""What was compared while it arrived: spared, and never of any influence on a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import CancelledError

import pytest
from hypothesis import given

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints
from ddconf.cache.early_comparison import EarlyComparison, EarlyResult
from ddconf.definitions.definition import MovedBlock
from ddconf.kind import Live
from ddconf.plans import planner
from ddconf.state.model import State
from tests.cache.test_comparison_cache import CPU, ORDINARY, worlds
from tests.plans.kinds import KINDS, Definitions, definition, definitions, live, only_change, plan
from tests.properties.documents import law


def early_results(
    defined: Definitions, found: list[Live], known: State, settled: UnchangedFingerprints | None = None
) -> Mapping[Address, EarlyResult]:
    early_comparison = EarlyComparison(known, KINDS.__getitem__, settled or UnchangedFingerprints())
    early_comparison.set_definitions(defined)
    for item in found:
        early_comparison.compare(item)
    return early_comparison.results


def test_what_was_foreseen_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = early_results(*ORDINARY)
    assert list(seen) == [Address("monitor", "cpu")]
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    assert plan(*ORDINARY, early_results=seen).unchanged == 1


def test_what_was_foreseen_settles_the_next_plan_too() -> None:
    settled, in_a_plan = UnchangedFingerprints(), UnchangedFingerprints()
    early_results(*ORDINARY, settled)
    plan(*ORDINARY, unchanged=in_a_plan)
    assert settled.current == in_a_plan.current
    assert len(settled.current) == 1


def test_what_differs_is_not_compared_again_either(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.cpu", CPU | {"query": "max"}))
    expected, settled = only_change(plan(defined, found, known)), UnchangedFingerprints()
    seen = early_results(defined, found, known, settled)
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    assert only_change(plan(defined, found, known, early_results=seen)) == expected
    assert settled.current == set()


def test_what_has_moved_is_left_to_the_plan() -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.new", CPU))
    moved = [MovedBlock(Address("monitor", "cpu"), Address("monitor", "new"))]
    seen = {Address("monitor", "new"): (found[0], None)}
    change = only_change(plan(defined, found, known, moved=moved, early_results=seen))
    assert change.moved_from == Address("monitor", "cpu")


def test_another_object_than_the_one_foreseen_is_compared() -> None:
    defined, _, known = ORDINARY
    found = live("monitor", _7=CPU | {"query": "max"})
    assert only_change(plan(defined, found, known, early_results=early_results(*ORDINARY))).action == "update"


def test_what_has_nothing_to_compare_with_does_not_wait_for_ever() -> None:
    _, (found,), known = ORDINARY
    early_comparison = EarlyComparison(known, KINDS.__getitem__, UnchangedFingerprints())
    early_comparison.cancel()
    with pytest.raises(CancelledError):
        early_comparison.compare(found)


@pytest.mark.parametrize("early", [True, False])
def test_a_glance_never_waits_and_spares_the_look(monkeypatch: pytest.MonkeyPatch, early: bool) -> None:
    defined, found, known = ORDINARY
    early_comparison = EarlyComparison(known, KINDS.__getitem__, UnchangedFingerprints())
    if early:
        early_comparison.offer(found)  # before there is anything to compare with
    assert early_comparison.results == {}
    early_comparison.set_definitions(defined)
    if not early:
        early_comparison.offer(found)
    assert list(early_comparison.results) == [Address("monitor", "cpu")]
    monkeypatch.setattr("ddconf.cache.early_comparison.fingerprint", lambda *_: pytest.fail("looked again"))
    early_comparison.compare(found[0])


@law
@given(worlds)
def test_law_a_plan_is_the_same_with_what_was_foreseen(world: tuple[Definitions, list[Live], State]) -> None:
    assert plan(*world, early_results=early_results(*world)) == plan(*world), json.dumps(world[1][0].document)
