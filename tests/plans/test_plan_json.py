"""Saved plans: exact, stable, and not trusted."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from ddconf.errors import DdconfError
from ddconf.plans.change import Plan
from ddconf.plans.plan_json import from_json, loads, to_json
from tests.plans.kinds import KINDS, definition, definitions, entry, live, plan, state


def a_plan() -> Plan:
    return plan(
        definitions(
            definition("monitor.cpu", {"name": "CPU", "message": "new"}, protect=True, ignore=("a.b",)),
            definition("slo.s", {"name": "S", "monitor_ids": ["${monitor.cpu}"]}),
            definition("team.new", {"handle": "x", "né": [1.5, None, True]}),
        ),
        live("monitor", _7={"name": "CPU", "message": "old"})
        + live("slo", s1={"name": "S", "monitor_ids": [5]}),
        state(monitor__cpu=entry("7", {"name": "CPU"}), pipeline__old=entry("p", {"name": "P"})),
    )


def test_a_plan_survives_json_exactly() -> None:
    made = a_plan()
    assert from_json(to_json(made), KINDS) == made
    assert loads(json.dumps(to_json(made)), KINDS) == made
    assert len(made.changes) == 4


def test_the_json_is_stable_and_plain() -> None:
    value = to_json(a_plan())
    assert value["format"] == 1
    change = next(item for item in value["changes"] if item["address"] == "monitor.cpu")
    assert change["action"] == "update"
    assert change["fields"] == [{"path": "message", "before": "old", "after": "new", "cause": "both"}]
    assert change["source"] == {"file": "monitor.yaml", "line": 3, "column": 5}


def test_a_newer_format_says_so() -> None:
    with pytest.raises(DdconfError, match="format 99"):
        from_json({**to_json(a_plan()), "format": 99, "changes": "unknown"})


def _set(*path: Any) -> Callable[[Any], None]:
    *way, last, value = path

    def change(document: Any) -> None:
        for step in way:
            document = document[step]
        if value is ...:
            del document[last]
        else:
            document[last] = value

    return change


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (_set("format", "1"), "plan, format: expected a whole number"),
        (_set("format", True), "plan, format: expected a whole number"),
        (_set("format", 0), "plan, format"),
        (_set("site", ...), "plan, site: is missing"),
        (_set("serial", -1), "plan, serial: is negative"),
        (_set("changes", {}), "plan, changes: expected a list"),
        (_set("changes", 0, "text"), "change 1 is not an object"),
        (_set("changes", 0, "action", "explode"), "change 1, action: expected one of create, update"),
        (_set("changes", 0, "address", "../../etc"), "change 1, address"),
        (_set("changes", 0, "address", 7), "change 1, address: expected a text"),
        (_set("changes", 0, "id", None), "change 1, id: expected a text"),
        (_set("changes", 0, "before", []), "change 1, before: expected an object"),
        (_set("changes", 0, "before", None), "change 1, before: does not fit to update"),
        (_set("changes", 0, "desired", None), "change 1, desired: does not fit to update"),
        (_set("changes", 0, "fields", 0, "path", "a..b"), "path: is not a path"),
        (_set("changes", 0, "fields", 0, "cause", "luck"), "cause: expected one of config"),
        (_set("changes", 0, "depends_on", ["x"]), "depends_on: 'x' is not an address"),
        (_set("changes", 0, "depends_on", [1]), "depends_on: expected texts"),
        (_set("changes", 0, "ignore", "abc"), "ignore: expected a list"),
        (_set("changes", 0, "protect", "no"), "protect: expected true or false"),
        (_set("changes", 0, "source", "line", 1.5), "line: expected a whole number"),
        (_set("changes", 0, "names", {"a": 1}), "names: expected texts"),
    ],
)
def test_a_plan_file_from_elsewhere_is_not_trusted(damage: Callable[[Any], None], message: str) -> None:
    value = json.loads(json.dumps(to_json(a_plan())))
    value["changes"].sort(key=lambda item: item["address"] != "monitor.cpu")
    damage(value)
    with pytest.raises(DdconfError) as raised:
        from_json(value, KINDS)
    assert message in str(raised.value)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(DdconfError, match="unknown kind index"):
        from_json(to_json(plan({}, [], state(index__main=entry("main", {})))))


def test_an_address_may_stand_in_a_plan_once() -> None:
    value = to_json(a_plan())
    value["changes"].append(value["changes"][0])
    with pytest.raises(DdconfError, match="twice"):
        from_json(value, KINDS)


@pytest.mark.parametrize("text", ["", "[]", "nonsense", "null", "[" * 100_000, '{"format": 1}', '"x"', "1"])
def test_what_is_no_plan_is_refused(text: str) -> None:
    with pytest.raises(DdconfError, match="not a plan of ddconf"):
        loads(text)
