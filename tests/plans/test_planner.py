"""What the planner does with several addresses: references, order, selection."""

from __future__ import annotations

import pytest

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.plans.change import Action, Cause, FieldChange
from tests.plans.kinds import actions, definition, definitions, entry, live, only_change, plan, state

CPU = {"name": "CPU"}


# references


def test_a_reference_to_what_exists_is_compared_by_its_id() -> None:
    defined = definitions(
        definition("monitor.cpu", CPU), definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]})
    )
    known = state(
        monitor__cpu=entry("7", CPU),
        slo__s=entry("s1", {"name": "S", "monitor_ids": [7]}, depends_on=["monitor.cpu"]),
    )
    found = live("monitor", _7=CPU) + live("slo", s1={"name": "S", "monitor_ids": [7]})
    assert plan(defined, found, known).changes == ()


def test_a_reference_to_what_is_created_stays_text_and_comes_later() -> None:
    defined = definitions(
        definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]}), definition("monitor.cpu", CPU)
    )
    made = plan(
        defined,
        live("slo", s1={"name": "S", "monitor_ids": [6]}),
        state(slo__s=entry("s1", {"name": "S", "monitor_ids": [6]})),
    )
    assert actions(made) == ["create monitor.cpu", "update slo.s"]
    assert made.changes[1].fields == (FieldChange(("monitor_ids",), [6], ["${monitor.cpu}"], Cause.CONFIG),)
    assert made.changes[1].depends_on == (Address("monitor", "cpu"),)
    assert made.changes[1].desired == {"name": "S", "monitor_ids": ["${monitor.cpu}"]}


def test_what_refers_to_a_replaced_object_is_updated_after_it() -> None:
    defined = definitions(
        definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]}),
        definition("monitor.cpu", {**CPU, "type": "b"}),
    )
    known = state(
        monitor__cpu=entry("7", {**CPU, "type": "a"}),
        slo__s=entry("s1", {"name": "S", "monitor_ids": [7]}, depends_on=["monitor.cpu"]),
    )
    found = live("monitor", _7={**CPU, "type": "a"}) + live("slo", s1={"name": "S", "monitor_ids": [7]})
    assert actions(plan(defined, found, known)) == ["replace monitor.cpu", "update slo.s"]


def test_a_reference_to_a_field_is_what_the_plan_makes_of_it() -> None:
    slo = {"name": "S", "owner": "${team.core.handle}", "note": "${team.core.link}"}
    defined = definitions(definition("team.core", {"handle": "core-2"}), definition("slo.s", slo))
    known = state(
        team__core=entry("t1", {"handle": "core"}),
        slo__s=entry("s1", {"name": "S", "owner": "core", "note": "url"}, depends_on=["team.core"]),
    )
    found = live("team", t1={"handle": "core", "link": "url"}) + live(
        "slo", s1={"name": "S", "owner": "core", "note": "url"}
    )
    made = plan(defined, found, known)
    assert actions(made) == ["update team.core", "update slo.s"]
    assert made.changes[1].fields == (FieldChange(("owner",), "core", "core-2", Cause.CONFIG),)


def test_a_secret_is_compared_by_digest_and_never_stands_in_the_plan() -> None:
    document = {"name": "D", "auth": {"password": "${secret.TOKEN}"}, "url": "https://x/${secret.TOKEN}"}
    made = plan(
        definitions(definition("destination.d", document)),
        live("destination", d1={"name": "D", "url": "https://x/hunter2"}),
    )
    change = only_change(made)
    assert [field.path for field in change.fields] == [("auth", "password")]
    assert "hunter2" not in repr(made)
    assert change.desired == document


def test_a_changed_secret_is_a_change_of_configuration() -> None:
    defined = definitions(definition("destination.d", {"name": "D", "auth": {"password": "${secret.TOKEN}"}}))
    found = live("destination", d1={"name": "D"})
    first = only_change(plan(defined, found))
    applied = {"name": "D", "auth": {"password": first.fields[0].after}}
    known = state(destination__d=entry("d1", applied, {"name": "D"}))
    assert plan(defined, found, known).changes == ()
    made = plan(defined, found, known, secrets={"TOKEN": "another"}.__getitem__)
    assert only_change(made).fields[0].cause is Cause.CONFIG


def test_a_field_that_holds_a_secret_is_not_read_through_a_reference() -> None:
    defined = definitions(
        definition("destination.d", {"name": "D", "auth": {"password": "${secret.TOKEN}"}}),
        definition("slo.s", {"name": "S", "note": "${destination.d.auth.password}"}),
    )
    assert "hunter2" not in repr(plan(defined, live("slo", s1={"name": "S", "note": "x"})))


def test_a_deleted_object_shows_no_secret_that_the_server_returns() -> None:
    first = plan(
        definitions(definition("pipeline.p", {"name": "P", "key": "${secret.TOKEN}"})),
        live("pipeline", p1={"name": "P", "key": "old"}),
    )
    known = state(pipeline__p=entry("p1", {"name": "P", "key": only_change(first).fields[0].after}))
    made = plan({}, live("pipeline", p1={"name": "P", "key": "hunter2"}), known)
    assert only_change(made).action is Action.DELETE
    assert "hunter2" not in repr(made)


def test_a_secret_that_the_definition_no_longer_has_stays_hidden() -> None:
    first = plan(
        definitions(definition("pipeline.p", {"name": "P", "key": "${secret.TOKEN}"})),
        live("pipeline", p1={"name": "P", "key": "old"}),
    )
    known = state(pipeline__p=entry("p1", {"name": "P", "key": only_change(first).fields[0].after}))
    found = live("pipeline", p1={"name": "P", "key": "hunter2"})
    made = plan(definitions(definition("pipeline.p", {"name": "P"})), found, known)
    assert [field.path for field in only_change(made).fields] == [("key",)]
    assert "hunter2" not in repr(made)
    made = plan({}, found, known, refresh_only=True)
    assert "hunter2" not in repr(made)


def test_a_literal_dollar_brace_is_compared_as_it_is_live() -> None:
    defined = definitions(definition("monitor.cpu", {"name": "$${x}"}))
    assert only_change(plan(defined, live("monitor", _7={"name": "${x}"}))).fields == ()


def test_ids_in_changed_fields_get_names() -> None:
    defined = definitions(
        definition("pipeline.a", {"name": "A"}),
        definition("order.main", {"ids": ["${pipeline.a}", "p9"]}),
    )
    found = live("pipeline", p1={"name": "A"}, p9={"name": "nginx"}) + live(
        "order", main={"ids": ["p9", "p1"]}
    )
    change = plan(defined, found).changes[-1]
    assert change.fields == (FieldChange(("ids",), ["p9", "p1"], ["p1", "p9"], Cause.BOTH),)
    assert change.names == {"p1": "pipeline.a", "p9": "nginx"}


def test_a_natural_key_may_hold_a_reference() -> None:
    member = {"team": "${team.core}", "user": "u", "role": "admin"}
    defined = definitions(definition("membership.m", member), definition("team.core", {"handle": "core"}))
    found = live("team", t1={"handle": "core"}) + live(
        "membership", m1={"team": "t1", "user": "u", "role": "admin"}, m2={"team": "t2", "user": "u"}
    )
    made = plan(defined, found)
    assert actions(made) == ["adopt team.core", "adopt membership.m"]
    assert made.changes[1].id == "m1"


# lists that are partly ours


def test_an_order_is_compared_by_our_own_items() -> None:
    defined = definitions(definition("order.main", {"ids": ["a", "b", "c"]}))
    known = state(order__main=entry("", {"ids": ["a", "b", "c"]}))
    assert plan(defined, live("order", main={"ids": ["x", "a", "y", "b", "c", "z"]}), known).changes == ()
    change = only_change(plan(defined, live("order", main={"ids": ["b", "x", "a", "c"]}), known))
    assert change.fields == (FieldChange(("ids",), ["b", "a", "c"], ["a", "b", "c"], Cause.DRIFT),)


def test_an_item_added_to_an_order_is_a_change_of_configuration_alone() -> None:
    defined = definitions(definition("order.main", {"ids": ["new", "a", "b"]}))
    known = state(order__main=entry("", {"ids": ["a", "b"]}))
    change = only_change(plan(defined, live("order", main={"ids": ["a", "x", "b", "new"]}), known))
    assert change.fields == (FieldChange(("ids",), ["a", "b", "new"], ["new", "a", "b"], Cause.CONFIG),)


def test_an_item_taken_from_a_set_that_is_partly_ours_is_removed() -> None:
    defined = definitions(definition("role.r", {"name": "R", "permissions": ["a"]}))
    known = state(role__r=entry("r1", {"name": "R", "permissions": ["a", "b"]}))
    found = live("role", r1={"name": "R", "permissions": ["theirs", "b", "a"]})
    change = only_change(plan(defined, found, known))
    assert change.fields == (FieldChange(("permissions",), ["a", "b"], ["a"], Cause.CONFIG),)


# protection and dependencies of entries


def test_protection_is_recorded_without_touching_the_object() -> None:
    made = plan(
        definitions(definition("monitor.cpu", CPU, protect=True)),
        live("monitor", _7=CPU),
        state(monitor__cpu=entry("7", CPU)),
    )
    change = only_change(made)
    assert (change.action, change.protect, change.reason) == (Action.NOOP, True, "protected from now on")


def test_a_reference_in_place_of_a_plain_id_is_recorded() -> None:
    defined = definitions(
        definition("monitor.cpu", CPU), definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]})
    )
    slo = {"name": "S", "monitor_ids": [7]}
    made = plan(
        defined,
        live("monitor", _7=CPU) + live("slo", s1=slo),
        state(monitor__cpu=entry("7", CPU), slo__s=entry("s1", slo)),
    )
    change = only_change(made)
    assert (change.action, change.depends_on) == (Action.NOOP, (Address("monitor", "cpu"),))


# order


def test_deletes_come_last_and_what_was_referred_to_at_the_very_end() -> None:
    known = state(
        team__core=entry("t1", {"handle": "core"}),
        monitor__cpu=entry("7", CPU, depends_on=["team.core"]),
        slo__s=entry("s1", {"name": "S"}, depends_on=["monitor.cpu"]),
    )
    found = live("team", t1={"handle": "core"}) + live("monitor", _7=CPU) + live("slo", s1={"name": "S"})
    made = plan(definitions(definition("pipeline.p", {"name": "P"})), found, known)
    assert actions(made) == ["create pipeline.p", "delete slo.s", "delete monitor.cpu", "delete team.core"]


def test_to_destroy_is_to_delete_everything_that_is_ours() -> None:
    defined = definitions(definition("monitor.cpu", CPU, protect=True), definition("slo.s", {"name": "S"}))
    known = state(monitor__cpu=entry("7", CPU), slo__s=entry("s1", {"name": "S"}, depends_on=["monitor.cpu"]))
    found = live("monitor", _7=CPU, _8={"name": "theirs"}) + live("slo", s1={"name": "S"})
    made = plan(defined, found, known, destroy=True)
    assert actions(made) == ["delete slo.s", "delete monitor.cpu"]
    assert [change.protect for change in made.changes] == [False, True]
    assert made.unmanaged == 1


def test_references_in_a_circle_are_a_mistake() -> None:
    defined = definitions(
        definition("slo.a", {"name": "A", "x": "${slo.b}"}),
        definition("slo.b", {"name": "B", "x": "${slo.a}"}),
    )
    with pytest.raises(DdconfError, match="go in a circle: slo"):
        plan(defined, [])


# refresh


def test_a_refresh_shows_what_another_hand_did_whatever_is_defined() -> None:
    known = state(
        monitor__cpu=entry("7", CPU), monitor__gone=entry("8", CPU), monitor__same=entry("9", {"name": "S"})
    )
    found = live("monitor", _7={**CPU, "message": "by hand"}, _9={"name": "S"})
    defined = definitions(definition("monitor.cpu", {**CPU, "message": "new"}))
    made = plan(defined, found, known, refresh_only=True)
    assert actions(made) == ["noop monitor.cpu", "forget monitor.gone"]
    assert made.changes[0].fields == (FieldChange(("message",), None, "by hand", Cause.DRIFT),)
    assert made.unchanged == 1


def test_a_refresh_looks_at_our_own_items_of_a_shared_list() -> None:
    known = state(order__main=entry("", {"ids": ["a", "b"]}, {"ids": ["x", "a", "y", "b"]}))
    defined = definitions(definition("order.main", {"ids": ["a", "b"]}))
    for others in (["a", "b"], ["y", "a", "x", "z", "b"]):
        assert plan(defined, live("order", main={"ids": others}), known, refresh_only=True).changes == ()
    change = only_change(
        plan(defined, live("order", main={"ids": ["b", "x", "a"]}), known, refresh_only=True)
    )
    assert change.fields == (FieldChange(("ids",), ["a", "b"], ["b", "a"], Cause.DRIFT),)


def test_after_an_accepted_refresh_the_plan_leads_back_as_a_change_of_configuration() -> None:
    from ddconf.plans.refresh import accept

    known = state(monitor__cpu=entry("7", CPU))
    found = live("monitor", _7={**CPU, "message": "by hand"})
    defined = definitions(definition("monitor.cpu", CPU))
    change = only_change(plan(defined, found, known, refresh_only=True))
    accepted = accept(known.entries[change.address], change)
    assert plan(defined, found, state(monitor__cpu=accepted), refresh_only=True).changes == ()
    after = only_change(plan(defined, found, state(monitor__cpu=accepted)))
    assert after.fields == (FieldChange(("message",), "by hand", None, Cause.CONFIG),)


# selection


def _three() -> tuple[object, ...]:
    defined = definitions(
        definition("team.core", {"handle": "core"}),
        definition("monitor.cpu[a]", {"name": "A", "team": "${team.core}"}),
        definition("monitor.cpu[b]", {"name": "B"}),
        definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu[a]}"]}),
    )
    return (defined, [])


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"targets": ["monitor.cpu"]}, ["team.core", "monitor.cpu[b]", "monitor.cpu[a]"]),
        ({"targets": ["monitor.cpu[b]"]}, ["monitor.cpu[b]"]),
        ({"targets": ["slo.s"]}, ["team.core", "monitor.cpu[a]", "slo.s"]),
        ({"excludes": ["monitor.cpu[a]"]}, ["team.core", "monitor.cpu[b]"]),
        ({"excludes": ["team.core"]}, ["monitor.cpu[b]"]),
        ({"targets": ["slo.s"], "excludes": ["slo.s"]}, ["team.core", "monitor.cpu[a]"]),
    ],
)
def test_targets_bring_what_they_refer_to_and_exclusions_take_what_refers_to_them(
    options: dict[str, list[str]], expected: list[str]
) -> None:
    defined, found = _three()
    made = plan(defined, found, **options)  # type: ignore[arg-type]
    assert [str(change.address) for change in made.changes] == expected


def test_a_target_that_goes_takes_with_it_what_refers_to_it() -> None:
    known = state(
        team__core=entry("t1", {"handle": "core"}),
        monitor__cpu=entry("7", CPU, depends_on=["team.core"]),
        slo__s=entry("s1", {"name": "S"}),
    )
    found = live("team", t1={"handle": "core"}) + live("monitor", _7=CPU) + live("slo", s1={"name": "S"})
    assert actions(plan({}, found, known, targets=["team.core"])) == [
        "delete monitor.cpu",
        "delete team.core",
    ]
    assert actions(plan({}, found, known, excludes=["monitor.cpu"])) == ["delete slo.s"]


def test_a_target_that_names_nothing_is_a_mistake() -> None:
    with pytest.raises(DdconfError, match=r"--target monitor\.nope: neither defined nor in the state"):
        plan(definitions(definition("monitor.cpu", CPU)), [], targets=["monitor.nope"])


# what is not known


def test_nothing_is_planned_for_a_kind_that_was_not_read() -> None:
    from ddconf.plans.planner import DesiredConfiguration, PlanContext, make_plan
    from tests.plans.kinds import KINDS

    for defined, known in (
        (definitions(definition("monitor.cpu", CPU)), state()),
        ({}, state(monitor__cpu=entry("7", CPU))),
    ):
        with pytest.raises(DdconfError, match="monitor was not read in full"):
            make_plan(
                DesiredConfiguration(defined), {}, known, PlanContext(KINDS.__getitem__, str, "s", "now")
            )


def test_every_mistake_is_reported_at_once() -> None:
    defined = definitions(
        definition("monitor.a", {"name": "A"}, id="1"),
        definition("monitor.b", {"name": "B"}),
        definition("team.t", {"handle": "t"}, id="2"),
    )
    with pytest.raises(DdconfError) as raised:
        plan(defined, live("monitor", _7={"name": "B"}, _8={"name": "B"}))
    assert len(raised.value.diagnostics) == 3


def test_nothing_that_is_given_is_changed() -> None:
    documents = [{"name": "CPU", "tags": ["b", "a"], "x": None}, {"ids": ["b", "x", "a"]}]
    defined = definitions(definition("monitor.cpu", documents[0]), definition("order.o", {"ids": ["a", "b"]}))
    found = live("monitor", _7={"name": "CPU", "tags": ["c", "b"]}) + live("order", main=documents[1])
    before = repr((defined, found))
    plan(defined, found)
    assert repr((defined, found)) == before
