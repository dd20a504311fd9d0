"""What was compared while it arrived: spared, and never of any influence on a plan."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import CancelledError

import pytest
from hypothesis import given

from ddconf.address import Address
from ddconf.cache.comparison_cache import Settled
from ddconf.cache.early_comparison import Foreseen, Foresight
from ddconf.definitions.definition import Moved
from ddconf.kind import Live
from ddconf.plans import planner
from ddconf.state.model import State
from tests.plans.kinds import KINDS, Definitions, definition, definitions, live, only_change, plan
from tests.plans.test_settled import CPU, ORDINARY, worlds
from tests.properties.documents import law


def foreseen(
    defined: Definitions, found: list[Live], known: State, settled: Settled | None = None
) -> Mapping[Address, Foreseen]:
    foresight = Foresight(known, KINDS.__getitem__, settled or Settled())
    foresight.begin(defined)
    for item in found:
        foresight.look(item)
    return foresight.seen


def test_what_was_foreseen_is_not_compared_again(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = foreseen(*ORDINARY)
    assert list(seen) == [Address("monitor", "cpu")]
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    assert plan(*ORDINARY, foreseen=seen).unchanged == 1


def test_what_was_foreseen_settles_the_next_plan_too() -> None:
    settled, in_a_plan = Settled(), Settled()
    foreseen(*ORDINARY, settled)
    plan(*ORDINARY, settled=in_a_plan)
    assert settled.now == in_a_plan.now
    assert len(settled.now) == 1


def test_what_differs_is_not_compared_again_either(monkeypatch: pytest.MonkeyPatch) -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.cpu", CPU | {"query": "max"}))
    expected, settled = only_change(plan(defined, found, known)), Settled()
    seen = foreseen(defined, found, known, settled)
    monkeypatch.setattr(planner, "decide", lambda *_: pytest.fail("compared again"))
    assert only_change(plan(defined, found, known, foreseen=seen)) == expected
    assert settled.now == set()


def test_what_has_moved_is_left_to_the_plan() -> None:
    _, found, known = ORDINARY
    defined = definitions(definition("monitor.new", CPU))
    moved = [Moved(Address("monitor", "cpu"), Address("monitor", "new"))]
    seen = {Address("monitor", "new"): (found[0], None)}
    change = only_change(plan(defined, found, known, moved=moved, foreseen=seen))
    assert change.moved_from == Address("monitor", "cpu")


def test_another_object_than_the_one_foreseen_is_compared() -> None:
    defined, _, known = ORDINARY
    found = live("monitor", _7=CPU | {"query": "max"})
    assert only_change(plan(defined, found, known, foreseen=foreseen(*ORDINARY))).action == "update"


def test_what_has_nothing_to_compare_with_does_not_wait_for_ever() -> None:
    _, (found,), known = ORDINARY
    foresight = Foresight(known, KINDS.__getitem__, Settled())
    foresight.end()
    with pytest.raises(CancelledError):
        foresight.look(found)


@pytest.mark.parametrize("early", [True, False])
def test_a_glance_never_waits_and_spares_the_look(monkeypatch: pytest.MonkeyPatch, early: bool) -> None:
    defined, found, known = ORDINARY
    foresight = Foresight(known, KINDS.__getitem__, Settled())
    if early:
        foresight.glance(found)  # before there is anything to compare with
    assert foresight.seen == {}
    foresight.begin(defined)
    if not early:
        foresight.glance(found)
    assert list(foresight.seen) == [Address("monitor", "cpu")]
    monkeypatch.setattr("ddconf.cache.store.early_comparison.fingerprint", lambda *_: pytest.fail("looked again"))
    foresight.look(found[0])


@law
@given(worlds)
def test_law_a_plan_is_the_same_with_what_was_foreseen(world: tuple[Definitions, list[Live], State]) -> None:
    assert plan(*world, foreseen=foreseen(*world)) == plan(*world), json.dumps(world[1][0].document)
