"""Whether an object is still as a plan saw it."""

from __future__ import annotations

from ddconf.plans.precondition import is_as_planned
from tests.plans.kinds import KINDS, definition, definitions, entry, live, only_change, plan, state

KEY = b"lineage"


def test_what_did_not_change_since_the_plan_is_as_planned() -> None:
    made = plan(
        definitions(definition("monitor.cpu", {"name": "b"}, ignore=("note",))),
        live("monitor", _7={"name": "a", "created": 1, "note": "x"}),
        state(monitor__cpu=entry("7", {"name": "a"})),
    )
    change = only_change(made)
    assert is_as_planned(KINDS["monitor"], change, {"name": "a", "created": 2, "note": "y"}, KEY)
    assert not is_as_planned(KINDS["monitor"], change, {"name": "a", "message": "by hand"}, KEY)


def test_items_that_others_add_to_a_shared_list_do_not_count() -> None:
    made = plan(
        definitions(definition("order.o", {"ids": ["b", "a"]})), live("order", main={"ids": ["a", "x", "b"]})
    )
    change = only_change(made)
    assert is_as_planned(KINDS["order"], change, {"ids": ["new", "a", "b", "x"]}, KEY)
    assert not is_as_planned(KINDS["order"], change, {"ids": ["b", "a", "x"]}, KEY)
    assert not is_as_planned(KINDS["order"], change, {"ids": ["a", "x"]}, KEY)


def test_an_object_with_a_secret_is_recognised() -> None:
    document = {"name": "D", "url": "https://x/${secret.TOKEN}", "n": 1}
    found = {"name": "D", "url": "https://x/old", "n": 2}
    change = only_change(plan(definitions(definition("pipeline.p", document)), live("pipeline", p=found)))
    assert is_as_planned(KINDS["pipeline"], change, found, KEY)
    assert not is_as_planned(KINDS["pipeline"], change, {**found, "url": "https://x/other"}, KEY)


def test_a_delete_of_an_object_with_a_secret_is_recognised() -> None:
    document = {"name": "P", "key": "${secret.TOKEN}"}
    first = only_change(
        plan(definitions(definition("pipeline.p", document)), live("pipeline", p={"name": "P"}))
    )
    known = state(pipeline__p=entry("p", {"name": "P", "key": first.fields[0].after}))
    change = only_change(plan({}, live("pipeline", p={"name": "P", "key": "hunter2"}), known))
    assert is_as_planned(KINDS["pipeline"], change, {"name": "P", "key": "hunter2"}, KEY)
    assert not is_as_planned(KINDS["pipeline"], change, {"name": "P", "key": "other"}, KEY)
