"""A state is a file that others may write: what it claims to own is deleted only if it is what it saw."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Desk

REFUSED = 3
BOARD = {"layout_type": "ordered", "widgets": []}


def plant(desk: Desk, number: int = 5) -> list[str]:
    """Dashboards of another hand; gives their ids."""
    boards = [{**BOARD, "title": f"theirs {count}"} for count in range(number)]
    return [desk.api("POST", "/api/v1/dashboard", board)["id"] for board in boards]


def titles(desk: Desk) -> list[str]:
    return sorted(board["title"] for board in desk.api("GET", "/api/v1/dashboard")["dashboards"])


def forge(desk: Desk, ids: list[str], document: dict[str, Any], organisation: str) -> None:
    """A state beside ours that claims these objects, and settings that name it."""
    state = {
        "version": 1,
        "lineage": "f" * 32,
        "site": json.loads(desk.state.read_text())["site"],
        "serial": 3,
        "organisation": organisation,
        "entries": {
            f"dashboard.d{number}": {"id": id_, "applied": document} for number, id_ in enumerate(ids)
        },
    }
    desk.write("forged.json", json.dumps(state))
    desk.write("ddconf.yaml", "state: forged.json\nlimits: {deletes: 100%}\n")


def define_one(desk: Desk) -> None:
    desk.write("all.json", json.dumps({"dashboard": {"mine": {**BOARD, "title": "mine"}}}))


@pytest.mark.parametrize("document", [{}, {"title": "theirs 0"}, {**BOARD, "title": "another"}])
@pytest.mark.parametrize("knows_organisation", [True, False])
def test_a_forged_state_deletes_nothing(
    desk: Desk, document: dict[str, Any], knows_organisation: bool
) -> None:
    define_one(desk)
    desk.done("apply", "--auto-approve")
    organisation = json.loads(desk.state.read_text())["organisation"]
    forge(desk, plant(desk), document, organisation if knows_organisation else "")
    before = titles(desk)
    for command in (["apply"], ["destroy"], ["apply", "--target=dashboard.d0"]):
        ran = desk.ddconf(*command, "--auto-approve")
        assert ran.code == REFUSED, (command, ran.out, ran.err)
        assert "changed outside ddconf since they were applied" in ran.err
        assert ("names no organisation" in ran.err) is not knows_organisation
        assert titles(desk) == before


def test_a_saved_plan_of_a_forged_state_is_refused_too(desk: Desk) -> None:
    define_one(desk)
    desk.done("apply", "--auto-approve")
    forge(desk, plant(desk), {}, json.loads(desk.state.read_text())["organisation"])
    plan = str(desk.folder / "plan.json")
    assert desk.ddconf("plan", "--out", plan).code == REFUSED
    before = titles(desk)
    assert desk.ddconf("apply", plan).code != 0
    assert titles(desk) == before


def test_a_forged_state_that_knows_names_destroys_nothing_that_it_did_not_see(desk: Desk) -> None:
    define_one(desk)
    desk.done("apply", "--auto-approve")
    (id_,) = plant(desk, 1)
    forge(desk, [id_], {"title": "theirs 0"}, json.loads(desk.state.read_text())["organisation"])
    before = titles(desk)
    for flags in ([], ["--target=dashboard.d0"]):
        ran = desk.ddconf("destroy", "--auto-approve", *flags)
        assert ran.code == REFUSED and "changed outside ddconf since they were applied" in ran.err
        assert titles(desk) == before


def test_a_destroy_of_what_was_changed_since_needs_its_number(desk: Desk) -> None:
    define_one(desk)
    desk.done("apply", "--auto-approve")
    (board,) = desk.api("GET", "/api/v1/dashboard")["dashboards"]
    desk.api("PUT", f"/api/v1/dashboard/{board['id']}", {**BOARD, "title": "mine", "description": "b"})
    ran = desk.ddconf("destroy", "--auto-approve")
    assert ran.code == REFUSED and "--allow-deletes=1" in ran.err
    desk.done("destroy", "--auto-approve", "--allow-deletes=1")
    assert titles(desk) == []


def test_what_another_hand_changed_is_deleted_only_by_number(desk: Desk) -> None:
    items = {f"d{number}": {**BOARD, "title": f"mine {number}"} for number in range(3)}
    desk.write("all.json", json.dumps({"dashboard": items}))
    desk.done("apply", "--auto-approve")
    for board in desk.api("GET", "/api/v1/dashboard")["dashboards"]:
        if board["title"] == "mine 2":
            desk.api(
                "PUT", f"/api/v1/dashboard/{board['id']}", {**BOARD, "title": "mine 2", "description": "b"}
            )
    del items["d2"]
    desk.write("all.json", json.dumps({"dashboard": items}))
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == REFUSED
    assert "changed outside ddconf since (description)" in ran.out
    assert "dashboard.d2" in ran.err and "--allow-deletes=1" in ran.err
    desk.done("apply", "--auto-approve", "--allow-deletes=1")
    assert titles(desk) == ["mine 0", "mine 1"]


def test_what_is_as_it_was_left_is_deleted_without_a_word(desk: Desk) -> None:
    items = {f"d{number}": {**BOARD, "title": f"mine {number}"} for number in range(3)}
    desk.write("all.json", json.dumps({"dashboard": items}))
    desk.done("apply", "--auto-approve")
    del items["d2"]
    desk.write("all.json", json.dumps({"dashboard": items}))
    assert "outside" not in desk.done("apply", "--auto-approve")
    assert titles(desk) == ["mine 0", "mine 1"]
