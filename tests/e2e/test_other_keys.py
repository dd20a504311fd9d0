"""Keys that see less than those that applied: what is hidden from them is neither gone nor made again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from ddconf.emulator.app import App
from ddconf.emulator.call import Actor
from ddconf.emulator.wire import Request, Response, answer
from tests.e2e.conftest import Desk

OTHER = Actor(uuid="5a7d0c1e-0000-4000-8000-0000000000ff")


def define(desk: Desk, numbers: range) -> None:
    monitor = {"type": "metric alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "m"}
    monitors = {f"m{number}": {**monitor, "name": f"M{number}"} for number in numbers}
    boards = {"d": {"title": "D", "layout_type": "ordered", "widgets": []}}
    desk.write("all.json", json.dumps({"monitor": monitors, "dashboard": boards}))


def use_keys_that_see(desk: Desk, names: set[str], actor: Actor = OTHER) -> None:
    """A user's keys, which are shown only the monitors of these names."""

    everything = App(desk.app.store)

    def front(request: Request) -> Response | None:
        if request.method != "GET" or not request.path.startswith("/api/v1/monitor"):
            return None
        response = everything.handle(request)
        shown = response.json()
        if isinstance(shown, list):
            return replace(response, body=json.dumps([it for it in shown if it["name"] in names]).encode())
        hidden = response.status == 200 and shown["name"] not in names
        return answer(404, {"errors": ["Monitor not found"]}) if hidden else response

    desk.app.front, desk.app.actor = front, actor


@pytest.fixture
def applied(desk: Desk) -> Desk:
    define(desk, range(6))
    desk.done("apply", "--auto-approve")
    use_keys_that_see(desk, {"M0", "M1"})
    return desk


def names(desk: Desk) -> list[str]:
    return sorted(body["name"] for body in desk.app.store.all("monitor"))


@pytest.mark.parametrize("still_defined", [range(6), range(2)], ids=["defined", "removed"])
@pytest.mark.parametrize("command", [("plan",), ("apply", "--auto-approve"), ("drift",)])
def test_hidden_objects_are_neither_made_again_nor_forgotten(
    applied: Desk, command: tuple[str, ...], still_defined: range
) -> None:
    define(applied, still_defined)
    before, state = names(applied), applied.state.read_text()
    ran = applied.ddconf(*command)
    assert ran.code == 1, ran.out
    assert "cannot read monitor" in ran.err and "monitor.m2" in ran.err and "state rm" in ran.err
    assert (names(applied), applied.state.read_text()) == (before, state)


def test_the_user_who_applied_sees_a_deletion_as_one(applied: Desk) -> None:
    applied.app.actor = Actor()
    assert "deleted outside ddconf" in applied.done("plan", "--allow-updates=9")


def test_a_new_key_of_the_same_user_that_sees_less_makes_nothing_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    define(desk, range(6))
    desk.done("apply", "--auto-approve")
    use_keys_that_see(desk, {"M0", "M1"}, Actor())
    monkeypatch.setenv("DD_APP_KEY", "c" * 40)
    before, state = names(desk), desk.state.read_text()
    for command in (
        ("plan",),
        ("apply", "--auto-approve"),
        ("drift",),
        ("apply", "--auto-approve", "--adopt"),
    ):
        ran = desk.ddconf(*command)
        assert ran.code == 1, ran.out
        assert "which another key or role applied" in ran.err and "state rm" in ran.err
        assert (names(desk), desk.state.read_text()) == (before, state)
    use_keys_that_see(desk, {f"M{number}" for number in range(9)}, Actor())
    define(desk, range(7))
    desk.done("apply", "--auto-approve")
    assert len(names(desk)) == 7
    assert json.loads(desk.state.read_text())["applied_with"] != json.loads(state)["applied_with"]
    assert "c" * 40 not in desk.state.read_text()


def test_the_same_user_with_fewer_roles_makes_nothing_twice(desk: Desk) -> None:
    define(desk, range(6))
    desk.done("apply", "--auto-approve")
    use_keys_that_see(desk, {"M0", "M1"}, Actor())
    seen = desk.app.front
    assert seen is not None

    def without_roles(request: Request) -> Response | None:
        if request.path != "/api/v2/current_user":
            return seen(request)
        response = App(desk.app.store).handle(request)
        told = response.json()
        told["data"]["relationships"]["roles"] = {"data": []}
        return replace(response, body=json.dumps(told).encode())

    desk.app.front = without_roles
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == 1 and "which another key or role applied" in ran.err
    assert len(names(desk)) == 6


def test_another_user_who_sees_everything_applies_as_before(applied: Desk) -> None:
    use_keys_that_see(applied, {f"M{number}" for number in range(9)})
    define(applied, range(7))
    applied.done("apply", "--auto-approve")
    assert json.loads(applied.state.read_text())["applied_by"] == OTHER.uuid
    assert len(names(applied)) == 7


def test_the_way_out_is_to_take_the_entry_from_the_state(applied: Desk) -> None:
    define(applied, range(2))
    for number in range(2, 6):
        applied.done("state", "rm", f"monitor.m{number}")
    assert "No changes." in applied.done("plan")
