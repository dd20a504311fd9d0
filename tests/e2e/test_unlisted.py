"""Objects that no one list shows, without the state: found by the objects that their definitions name."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ddconf.kind import Kind, find_kind, kind_names
from tests.e2e.conftest import Desk
from tests.e2e.life import plant
from tests.e2e.test_kinds import UNTOLD, is_written
from tests.kinds import samples


def hangs_on_another(kind: Kind) -> bool:
    """Whether the id, or the place below which the objects are, refers to an object that is listed."""
    if kind.api is None or not kind.api.unlisted:
        return False
    place = kind.api.parent[0] or kind.id
    return any(path in kind.references for path in ((place,) if place else kind.key))


KINDS = [
    name
    for name in kind_names()
    if is_written(find_kind(name)) and hangs_on_another(find_kind(name)) and name not in UNTOLD
]
DASHBOARD: dict[str, Any] = {
    "title": "Web",
    "layout_type": "ordered",
    "widgets": [{"definition": {"type": "note", "content": "hello"}}],
}


def policy(of: str) -> dict[str, Any]:
    return {"id": of, "bindings": [{"relation": "editor", "principals": ["org:00000000-0000-0000-0000-1"]}]}


def define(desk: Desk, wanted: dict[str, Any]) -> None:
    opt_in = [name for name in wanted if find_kind(name).opt_in]
    desk.write("ddconf.yaml", f"allow_writes: {json.dumps(opt_in)}\n")
    desk.write("all.json", json.dumps(wanted))


def is_adopted(address: str, plan: str) -> bool:
    return any(
        line.startswith(f"  # {address} ") and "exists already and will be adopted" in line
        for line in plan.splitlines()
    )


def planned(desk: Desk) -> tuple[str, list[str]]:
    """What a plan says, and what it asked for."""
    desk.app.log.clear()
    return desk.done("plan"), sorted(exchange.path for exchange in desk.app.log)


def adopts(desk: Desk, address: str) -> None:
    """The state is lost: a plan finds the object with the requests of any other plan, and nothing is made."""
    before = desk.app.store.snapshot()
    desk.done("plan")  # so that what is kept of details is the same for both
    _, needed = planned(desk)
    desk.state.unlink()
    out, asked = planned(desk)
    assert is_adopted(address, out), out
    assert " 0 to add" in out, out
    assert asked == needed
    assert len(lists := [path for path in asked if "page" in path]) == len(set(lists))
    out = desk.done("apply", "--auto-approve")
    assert desk.app.store.snapshot() == before, out
    assert "No changes." in desk.done("plan")


@pytest.mark.parametrize("name", KINDS)
def test_a_lost_state_makes_no_twin_of_what_hangs_on_another_object(desk: Desk, name: str) -> None:
    plant(desk, find_kind(name), samples.sample(name))
    define(desk, samples.definitions(name))
    desk.done("apply", "--auto-approve")
    adopts(desk, f"{name}.it")


def test_it_is_found_by_a_look_up_too(desk: Desk) -> None:
    desk.api("POST", "/api/v1/dashboard", DASHBOARD)
    define(desk, {"restriction_policy": {"it": policy("dashboard:${dashboard[Web]}")}})
    desk.done("apply", "--auto-approve")
    adopts(desk, "restriction_policy.it")


def test_what_one_entry_knows_and_another_lost_is_found(desk: Desk) -> None:
    """The state still has the dashboard, so that its list is read apart from what is new."""
    wanted = {
        "dashboard": {"web": DASHBOARD, "other": DASHBOARD | {"title": "Other"}},
        "restriction_policy": {"it": policy("dashboard:${dashboard.web}")},
    }
    define(desk, wanted)
    desk.done("apply", "--auto-approve")
    desk.done("state", "rm", "restriction_policy.it")
    desk.done("state", "rm", "dashboard.web")
    out, asked = planned(desk)
    assert is_adopted("restriction_policy.it", out), out
    assert len(asked) == len(set(asked))
