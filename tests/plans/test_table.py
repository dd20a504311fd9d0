"""The planner's table, a test for each of its rows."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.definitions.definition import RemovedBlock
from ddconf.errors import DdconfError
from ddconf.plans.change import Action, Cause, FieldChange
from tests.plans.kinds import definition, definitions, entry, live, only_change, plan, state

CPU = {"name": "CPU", "type": "query alert"}


def test_what_is_defined_and_not_live_is_created() -> None:
    change = only_change(plan(definitions(definition("monitor.cpu", CPU)), []))
    assert (change.action, change.id, change.before, change.desired) == (Action.CREATE, "", None, CPU)
    assert change.fields == ()
    assert change.source is not None and change.source.file == "monitor.yaml"


def test_a_live_object_with_the_natural_key_is_adopted_without_differences() -> None:
    found = live("monitor", _7={**CPU, "id": 7, "created": "now"})
    change = only_change(plan(definitions(definition("monitor.cpu", CPU)), found))
    assert (change.action, change.id, change.before, change.fields) == (Action.ADOPT, "7", CPU, ())


def test_an_adopted_object_shows_its_differences() -> None:
    found = live("monitor", _7={**CPU, "message": "theirs"})
    change = only_change(plan(definitions(definition("monitor.cpu", {**CPU, "message": "ours"})), found))
    assert change.action is Action.ADOPT
    assert change.fields == (FieldChange(("message",), "theirs", "ours", Cause.BOTH),)


def test_the_id_named_in_the_definition_is_adopted_whatever_its_name() -> None:
    found = live("monitor", _7={**CPU, "name": "other"}, _8=CPU)
    change = only_change(plan(definitions(definition("monitor.cpu", CPU, id="7")), found))
    assert (change.action, change.id) == (Action.ADOPT, "7")


def test_an_id_that_does_not_exist_is_a_mistake() -> None:
    with pytest.raises(DdconfError, match=r"monitor\.cpu: there is no monitor with id 9"):
        plan(definitions(definition("monitor.cpu", CPU, id="9")), live("monitor", _7=CPU))


def test_several_objects_with_the_natural_key_are_a_mistake_that_names_the_ids() -> None:
    with pytest.raises(DdconfError) as raised:
        plan(definitions(definition("monitor.cpu", CPU)), live("monitor", _7=CPU, _8=CPU))
    (diagnostic,) = raised.value.diagnostics
    assert diagnostic.message == "monitor.cpu could be any of 2 live objects: 7, 8"
    assert "ddconf: {id: ...}" in diagnostic.hint
    assert diagnostic.source is not None


def test_what_is_live_as_defined_and_as_applied_is_unchanged() -> None:
    made = plan(
        definitions(definition("monitor.cpu", CPU)),
        live("monitor", _7=CPU),
        state(monitor__cpu=entry("7", CPU)),
    )
    assert (made.changes, made.unchanged, made.unmanaged) == ((), 1, 0)


def test_an_owned_object_that_differs_is_updated() -> None:
    wanted = {**CPU, "message": "new"}
    made = plan(
        definitions(definition("monitor.cpu", wanted)),
        live("monitor", _7={**CPU, "id": 7}),
        state(monitor__cpu=entry("7", CPU)),
    )
    change = only_change(made)
    assert (change.action, change.id, change.before, change.desired) == (Action.UPDATE, "7", CPU, wanted)
    assert change.fields == (FieldChange(("message",), None, "new", Cause.CONFIG),)


def test_drift_is_put_back() -> None:
    made = plan(
        definitions(definition("monitor.cpu", CPU)),
        live("monitor", _7={**CPU, "message": "by hand"}),
        state(monitor__cpu=entry("7", CPU)),
    )
    assert only_change(made).fields == (FieldChange(("message",), "by hand", None, Cause.DRIFT),)


def test_a_changed_immutable_path_means_to_replace() -> None:
    made = plan(
        definitions(definition("monitor.cpu", {**CPU, "type": "log alert", "message": "m"})),
        live("monitor", _7=CPU),
        state(monitor__cpu=entry("7", CPU)),
    )
    change = only_change(made)
    assert (change.action, change.id) == (Action.REPLACE, "7")
    assert [field.path for field in change.fields] == [("type",), ("message",)]


@pytest.mark.parametrize(
    ("parts", "action"),
    [
        ([{"type": "x", "n": 2}], Action.UPDATE),
        ([{"type": "y", "n": 1}], Action.REPLACE),
        ([{"type": "x", "n": 1}, {"type": "z"}], Action.REPLACE),
    ],
)
def test_an_immutable_path_inside_a_list_counts_only_where_it_changed(
    parts: list[object], action: Action
) -> None:
    was = {**CPU, "parts": [{"type": "x", "n": 1}]}
    made = plan(
        definitions(definition("monitor.cpu", {**CPU, "parts": parts})),
        live("monitor", _7=was),
        state(monitor__cpu=entry("7", was)),
    )
    assert only_change(made).action is action


def test_a_kind_without_update_replaces() -> None:
    was = {"team": "a", "user": "u", "role": "admin"}
    made = plan(
        definitions(definition("membership.u", {**was, "role": "member"})),
        live("membership", u1=was),
        state(membership__u=entry("u1", was)),
    )
    assert only_change(made).action is Action.REPLACE


def test_an_adopted_object_is_never_replaced_just_for_its_name() -> None:
    found = live("monitor", _7={**CPU, "type": "log alert"})
    with pytest.raises(DdconfError) as raised:
        plan(definitions(definition("monitor.cpu", CPU)), found)
    (diagnostic,) = raised.value.diagnostics
    assert "monitor.cpu: type cannot be changed in monitor 7" in diagnostic.message
    assert "ddconf: {id: 7}" in diagnostic.hint


def test_an_adopted_object_is_replaced_where_its_id_is_named() -> None:
    found = live("monitor", _7={**CPU, "type": "log alert"})
    change = only_change(plan(definitions(definition("monitor.cpu", CPU, id="7")), found))
    assert (change.action, change.id) == (Action.REPLACE, "7")


def test_what_is_gone_is_created_again() -> None:
    made = plan(definitions(definition("monitor.cpu", CPU)), [], state(monitor__cpu=entry("7", CPU)))
    change = only_change(made)
    assert (change.action, change.reason, change.id) == (Action.CREATE, "deleted outside ddconf", "")


def test_what_is_gone_and_there_under_another_id_is_still_created_by_its_entry() -> None:
    made = plan(
        definitions(definition("monitor.cpu", CPU)),
        live("monitor", _8={**CPU, "name": "other"}),
        state(monitor__cpu=entry("7", CPU)),
    )
    assert only_change(made).action is Action.CREATE


def test_what_is_no_longer_defined_is_deleted() -> None:
    known = state(monitor__cpu=entry("7", CPU, depends_on=["team.core"], protected=True))
    change = only_change(plan({}, live("monitor", _7={**CPU, "created": "now"}), known))
    assert (change.action, change.id, change.before, change.desired) == (Action.DELETE, "7", CPU, None)
    assert change.reason == "no longer defined"
    assert change.protect
    assert [str(address) for address in change.depends_on] == ["team.core"]


def test_an_entry_of_what_is_neither_defined_nor_live_is_forgotten() -> None:
    change = only_change(plan({}, [], state(monitor__cpu=entry("7", CPU))))
    assert (change.action, change.id, change.reason) == (Action.FORGET, "7", "deleted outside ddconf")


def test_what_is_only_live_is_not_ours_and_counted() -> None:
    made = plan(
        definitions(definition("monitor.cpu", CPU)),
        live("monitor", _7=CPU, _8={**CPU, "name": "theirs"}) + live("team", t={"handle": "x"}),
        state(monitor__cpu=entry("7", CPU)),
    )
    assert (made.changes, made.unchanged, made.unmanaged) == ((), 1, 2)


def test_a_kind_without_delete_is_forgotten() -> None:
    made = plan(
        {}, live("integration", i={"name": "nginx"}), state(integration__nginx=entry("i", {"name": "nginx"}))
    )
    change = only_change(made)
    assert (change.action, change.before) == (Action.FORGET, None)
    assert "cannot be deleted" in change.reason


def test_a_kind_without_create_cannot_begin() -> None:
    with pytest.raises(DdconfError, match=r"integration\.nginx: there is no such integration"):
        plan(definitions(definition("integration.nginx", {"name": "nginx"})), [])


def test_a_kind_without_update_and_create_cannot_change() -> None:
    made = plan(
        definitions(definition("integration.nginx", {"name": "nginx", "is_enabled": True})),
        live("integration", i={"name": "nginx", "is_enabled": False}),
    )
    assert only_change(made).action is Action.ADOPT


def test_a_kind_without_api_is_done_by_hand() -> None:
    change = only_change(plan(definitions(definition("facet.ip", {"path": "@ip", "type": "string"})), []))
    assert (change.action, change.desired) == (Action.MANUAL, {"path": "@ip", "type": "string"})


def test_what_a_person_has_done_is_unchanged_until_the_definition_changes() -> None:
    known = state(facet__ip=entry("", {"path": "@ip", "type": "string"}))
    assert (
        plan(definitions(definition("facet.ip", {"path": "@ip", "type": "string"})), [], known).changes == ()
    )
    change = only_change(
        plan(definitions(definition("facet.ip", {"path": "@ip", "type": "integer"})), [], known)
    )
    assert change.action is Action.MANUAL
    assert change.fields == (FieldChange(("type",), "string", "integer", Cause.CONFIG),)


def test_a_manual_object_that_is_no_longer_defined_is_forgotten_with_a_word() -> None:
    change = only_change(plan({}, [], state(facet__ip=entry("", {"path": "@ip"}))))
    assert change.action is Action.FORGET
    assert "a person must" in change.reason


def test_a_manual_kind_that_can_be_read_is_compared_with_what_is_live() -> None:
    defined = definitions(definition("facet.ip", {"path": "@ip", "type": "string"}))
    found = {"facet": live("facet", ip={"path": "@ip", "type": "string"})}
    assert only_change(_plan_of(defined, found)).action is Action.ADOPT
    found = {"facet": live("facet", ip={"path": "@ip", "type": "double"})}
    assert only_change(_plan_of(defined, found)).action is Action.MANUAL


def _plan_of(defined: object, found: object) -> object:
    from ddconf.plans.planner import DesiredConfiguration, PlanContext, make_plan
    from tests.plans.kinds import KINDS

    return make_plan(
        DesiredConfiguration(defined),
        found,
        state(),
        PlanContext(KINDS.__getitem__, str, "s", "now"),  # type: ignore[arg-type]
    )


def test_a_singleton_is_adopted_and_then_owned() -> None:
    defined = definitions(definition("order.main", {"ids": ["a", "b"]}))
    found = live("order", main={"ids": ["b", "x", "a"]})
    change = only_change(plan(defined, found))
    assert (change.action, change.before) == (Action.ADOPT, {"ids": ["b", "a"]})
    made = plan(
        defined,
        live("order", main={"ids": ["a", "x", "b"]}),
        state(order__main=entry("", {"ids": ["a", "b"]})),
    )
    assert made.changes == ()


def test_two_definitions_of_a_singleton_are_a_mistake() -> None:
    defined = definitions(definition("order.a", {"ids": []}), definition("order.b", {"ids": []}))
    with pytest.raises(DdconfError, match=r"order\.a and order\.b are the same order"):
        plan(defined, live("order", main={"ids": ["b"]}))


def test_a_singleton_that_shows_nothing_is_written_all_the_same() -> None:
    change = only_change(plan(definitions(definition("order.main", {"ids": ["a"]})), []))
    assert (change.action, change.before) == (Action.ADOPT, {})


def test_an_object_that_nobody_may_change_is_not_taken_for_one_of_the_same_name() -> None:
    found = live("pipeline", theirs={"name": "nginx", "is_read_only": True})
    made = plan(definitions(definition("pipeline.nginx", {"name": "nginx"})), found)
    assert only_change(made).action is Action.CREATE
    assert made.unmanaged == 1
    with pytest.raises(DdconfError, match="can be changed by nobody"):
        plan(definitions(definition("pipeline.nginx", {"name": "nginx"}, id="theirs")), found)


def test_an_ignored_path_is_left_alone() -> None:
    made = plan(
        definitions(definition("monitor.cpu", {**CPU, "options": {"a": 1}}, ignore=("options.silenced",))),
        live("monitor", _7={**CPU, "options": {"a": 1, "silenced": {"*": None, "x": 5}}}),
        state(monitor__cpu=entry("7", {**CPU, "options": {"a": 1}})),
    )
    assert made.changes == ()


def test_where_keys_are_unique_an_object_that_nobody_may_change_stands_in_the_way() -> None:
    found = live("archive", theirs={"name": "cold", "fixed": True})
    with pytest.raises(DdconfError, match="exists already"):
        plan(definitions(definition("archive.cold", {"name": "cold"})), found)


def test_what_is_said_to_be_removed_is_forgotten_and_stays_live() -> None:
    removed = [RemovedBlock(Address.parse("monitor.old"))]
    made = plan(
        {},
        live("monitor", _7={"name": "CPU"}),
        state(monitor__old=entry("7", {"name": "CPU"})),
        removed=removed,
    )
    change = only_change(made)
    assert (change.action, change.reason) == (Action.FORGET, "no longer managed; it stays as it is")
