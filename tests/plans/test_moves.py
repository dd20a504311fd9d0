"""What the planner makes of addresses that are new to an object: moves, renames, adoption, twins."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.definitions.definition import MovedBlock
from ddconf.errors import DdconfError
from ddconf.plans.change import Action
from tests.plans.kinds import actions, definition, definitions, entry, live, only_change, plan, state

CPU = {"name": "CPU"}


def moved(before: str, after: str) -> MovedBlock:
    return MovedBlock(Address.parse(before), Address.parse(after))


def test_a_moved_definition_keeps_its_object() -> None:
    made = plan(
        definitions(definition("monitor.new", CPU)),
        live("monitor", _7=CPU),
        state(monitor__old=entry("7", CPU)),
        moved=[moved("monitor.old", "monitor.new")],
    )
    change = only_change(made)
    assert (change.action, change.id, str(change.moved_from)) == (Action.NOOP, "7", "monitor.old")


def test_a_moved_definition_may_change_at_the_same_time() -> None:
    made = plan(
        definitions(definition("monitor.new", {"name": "CPU is high"})),
        live("monitor", _7=CPU),
        state(monitor__old=entry("7", CPU)),
        moved=[moved("monitor.old", "monitor.new")],
    )
    change = only_change(made)
    assert (change.action, str(change.moved_from)) == (Action.UPDATE, "monitor.old")


def test_moves_go_on_through_a_chain_and_stop_in_a_circle() -> None:
    chain = [moved("monitor.a", "monitor.b"), moved("monitor.b", "monitor.c")]
    known = state(monitor__a=entry("7", CPU))
    made = plan(definitions(definition("monitor.c", CPU)), live("monitor", _7=CPU), known, moved=chain)
    assert str(only_change(made).moved_from) == "monitor.a"
    circle = [moved("monitor.a", "monitor.b"), moved("monitor.b", "monitor.a")]
    made = plan({}, live("monitor", _7=CPU), known, moved=circle)
    assert only_change(made).action is Action.DELETE


def test_a_move_that_has_happened_is_left_alone() -> None:
    made = plan(
        definitions(definition("monitor.new", CPU)),
        live("monitor", _7=CPU),
        state(monitor__new=entry("7", CPU)),
        moved=[moved("monitor.old", "monitor.new")],
    )
    assert made.changes == ()


def test_a_move_from_what_is_still_defined_is_a_mistake() -> None:
    with pytest.raises(DdconfError, match="still defined"):
        plan(definitions(definition("monitor.old", CPU)), [], moved=[moved("monitor.old", "monitor.new")])


def test_a_move_to_another_kind_is_a_mistake() -> None:
    with pytest.raises(DdconfError, match="keeps its kind"):
        plan({}, [], moved=[moved("monitor.old", "slo.new")])


def test_a_new_address_with_the_natural_key_of_an_orphan_is_a_rename() -> None:
    made = plan(
        definitions(definition("monitor.new", CPU)),
        live("monitor", _7=CPU),
        state(monitor__old=entry("7", CPU)),
    )
    change = only_change(made)
    assert (change.action, change.id, str(change.moved_from)) == (Action.NOOP, "7", "monitor.old")


def test_a_rename_is_recognised_beside_another_object_of_the_same_name() -> None:
    made = plan(
        definitions(definition("monitor.new", CPU)),
        live("monitor", _7=CPU, _8=CPU),
        state(monitor__old=entry("7", CPU)),
    )
    change = only_change(made)
    assert (change.id, str(change.moved_from)) == ("7", "monitor.old")


def test_a_rename_keeps_the_three_way_rule() -> None:
    made = plan(
        definitions(definition("monitor.new", {**CPU, "message": "text "})),
        live("monitor", _7={**CPU, "message": "text"}),
        state(monitor__old=entry("7", {**CPU, "message": "text "}, {**CPU, "message": "text"})),
    )
    assert only_change(made).fields == ()


def test_two_definitions_cannot_share_an_object() -> None:
    defined = definitions(definition("monitor.a", CPU, id="7"), definition("monitor.b", CPU, id="7"))
    with pytest.raises(DdconfError) as raised:
        plan(defined, live("monitor", _7=CPU))
    assert len(raised.value.diagnostics) == 2
    defined = definitions(definition("monitor.a", CPU), definition("monitor.b", CPU, id="7"))
    with pytest.raises(DdconfError, match=r"monitor\.b and monitor\.a are the same monitor: 7"):
        plan(defined, live("monitor", _7=CPU), state(monitor__a=entry("7", CPU)))


def test_a_twin_of_an_owned_object_is_created_not_taken() -> None:
    defined = definitions(definition("monitor.a", CPU), definition("monitor.b", CPU))
    made = plan(defined, live("monitor", _7=CPU), state(monitor__a=entry("7", CPU)))
    assert actions(made) == ["create monitor.b"]


def test_what_took_the_place_of_a_deleted_object_is_adopted() -> None:
    """By another hand, or by a run that was killed after the create of a replacement."""
    known = state(monitor__cpu=entry("7", CPU))
    made = plan(definitions(definition("monitor.cpu", CPU)), live("monitor", _8=CPU), known)
    change = only_change(made)
    assert (change.action, change.id) == (Action.ADOPT, "8")
    named = definitions(definition("monitor.cpu", CPU, id="7"))
    assert only_change(plan(named, live("monitor", _8=CPU), known)).action is Action.ADOPT
    assert only_change(plan(named, [], known)).action is Action.CREATE


def test_a_refresh_says_that_an_object_is_gone_whatever_took_its_place() -> None:
    known = state(monitor__cpu=entry("7", CPU))
    made = plan(
        definitions(definition("monitor.cpu", CPU)), live("monitor", _8=CPU), known, refresh_only=True
    )
    assert (only_change(made).action, only_change(made).id) == (Action.FORGET, "7")


def test_an_address_never_takes_the_object_of_another() -> None:
    known = state(monitor__cpu=entry("7", CPU), monitor__old=entry("8", CPU))
    made = plan(definitions(definition("monitor.cpu", CPU)), live("monitor", _8=CPU), known)
    assert actions(made) == ["create monitor.cpu", "delete monitor.old"]


def test_without_state_everything_is_adopted_and_nothing_created() -> None:
    defined = definitions(
        definition("monitor.cpu", CPU), definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]})
    )
    found = live("monitor", _7=CPU) + live("slo", s1={"name": "S", "monitor_ids": [7]})
    made = plan(defined, found)
    assert actions(made) == ["adopt monitor.cpu", "adopt slo.s"]
    assert all(change.fields == () for change in made.changes)
