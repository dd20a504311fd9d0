"""A saved plan may be edited on its way: what the definitions at hand do not imply is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.e2e.conftest import Desk

STALE = 5
BOARD = {"layout_type": "ordered", "widgets": []}
PlanFile = dict[str, Any]


def board(title: str, **more: Any) -> dict[str, Any]:
    return {**BOARD, "title": title, **more}


def define(desk: Desk, **boards: Any) -> None:
    desk.write("all.json", json.dumps({"dashboard": boards}))


@pytest.fixture
def planned(desk: Desk) -> Desk:
    """One dashboard that changes, one created, one deleted, one left alone, two that stay."""
    deaf = {"ddconf": {"ignore": ["notify_list"]}}
    rest = {"stays": board("stays"), "s2": board("s2")}
    define(desk, a=board("a", description="x", **deaf), gone=board("gone"), left=board("left"), **rest)
    desk.done("apply", "--auto-approve")
    boards = {"a": board("a", description="y", **deaf), "new": board("new"), **rest}
    desk.write("all.json", json.dumps({"dashboard": boards, "removed": ["dashboard.left"]}))
    desk.done("plan", "--out", str(desk.folder / "plan.json"))
    return desk


def change(plan: PlanFile, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in plan["changes"] if one["address"] == f"dashboard.{name}")
    return found


def edit_a_value(plan: PlanFile) -> None:
    change(plan, "a")["desired"]["description"] = "EVIL"
    change(plan, "a")["fields"][0]["after"] = "EVIL"


def add_a_field(plan: PlanFile) -> None:
    more = {"path": "title", "before": "a", "after": None, "cause": "config"}
    change(plan, "a")["fields"].append(more)


def create_something_else(plan: PlanFile) -> None:
    change(plan, "new")["address"] = "dashboard.evil"


def delete_what_is_defined(plan: PlanFile) -> None:
    one = change(plan, "gone")
    one["address"], one["before"] = "dashboard.stays", {**BOARD, "title": "stays"}


def take_the_protection_away(plan: PlanFile) -> None:
    change(plan, "a")["ignore"] = ["description"]


def turn_an_update_into_a_delete(plan: PlanFile) -> None:
    change(plan, "a").update(action="delete", desired=None, fields=[])


def delete_what_is_only_forgotten(plan: PlanFile) -> None:
    change(plan, "left").update(action="delete", before={**BOARD, "title": "left"})


def replace_what_can_be_updated(plan: PlanFile) -> None:
    change(plan, "a")["action"] = "replace"


def clear_an_ignored_field(plan: PlanFile) -> None:
    more = {"path": "notify_list", "before": ["a@example.com"], "after": None, "cause": "config"}
    change(plan, "a")["fields"].append(more)


def set_what_is_so_already(plan: PlanFile) -> None:
    more = {"path": "title", "before": "other", "after": "a", "cause": "config"}
    change(plan, "a")["fields"].append(more)


EDITS = (
    delete_what_is_only_forgotten,
    replace_what_can_be_updated,
    clear_an_ignored_field,
    set_what_is_so_already,
    edit_a_value,
    add_a_field,
    create_something_else,
    delete_what_is_defined,
    take_the_protection_away,
    turn_an_update_into_a_delete,
)


@pytest.mark.parametrize("edit", EDITS)
def test_an_edited_plan_is_refused_whole(planned: Desk, edit: Callable[[PlanFile], None]) -> None:
    file = planned.folder / "plan.json"
    plan = json.loads(file.read_text())
    edit(plan)
    file.write_text(json.dumps(plan))
    before = planned.app.store.snapshot()
    ran = planned.ddconf("apply", str(file))
    assert ran.code == STALE, (ran.out, ran.err)
    assert "the plan would" in ran.err and "make a new plan" in ran.err
    assert planned.app.store.snapshot() == before


def test_the_plan_as_it_was_made_is_applied(planned: Desk) -> None:
    assert "1 added, 1 changed, 1 destroyed" in planned.done("apply", str(planned.folder / "plan.json"))


def test_without_definitions_a_plan_is_applied_only_detached(planned: Desk) -> None:
    (planned.folder / "all.json").unlink()
    file = str(planned.folder / "plan.json")
    refused = planned.ddconf("apply", file)
    assert (refused.code, "--detached" in refused.err) == (1, True), refused.err
    assert "1 added, 1 changed, 1 destroyed" in planned.done("apply", "--detached", file)


@pytest.mark.parametrize("flag", ["--destroy", "--refresh-only"])
def test_a_plan_that_destroys_or_refreshes_is_applied_with_the_same_flag(desk: Desk, flag: str) -> None:
    define(desk, a=board("a"))
    desk.done("apply", "--auto-approve")
    found = desk.api("GET", "/api/v1/dashboard")["dashboards"][0]
    if flag == "--refresh-only":
        desk.api("PUT", f"/api/v1/dashboard/{found['id']}", board("a", description="by hand"))
    file = str(desk.folder / "plan.json")
    assert f"ddconf apply -C {desk.folder} {flag}" in desk.done("plan", flag, "--out", file)
    assert desk.ddconf("apply", file).code == STALE
    desk.done("apply", flag, file)


def test_an_adoption_takes_no_other_object_than_the_named_one(desk: Desk) -> None:
    desk.api("POST", "/api/v1/dashboard", board("a", description="old"))
    victim = desk.api("POST", "/api/v1/dashboard", board("theirs"))
    define(desk, a=board("a", description="new"))
    file = desk.folder / "plan.json"
    desk.done("plan", "--out", str(file))
    plan = json.loads(file.read_text())
    plan["changes"][0].update(id=victim["id"], before={**BOARD, "title": "theirs"})
    file.write_text(json.dumps(plan))
    ran = desk.ddconf("apply", str(file))
    assert (ran.code, "is not the object" in ran.err) == (STALE, True), ran.err


def test_a_file_cannot_say_that_something_else_stays(desk: Desk) -> None:
    define(desk, a=board("a"))
    desk.done("apply", "--auto-approve")
    (desk.folder / "all.json").unlink()
    file = desk.folder / "plan.json"
    desk.ddconf("plan", "--out", str(file))
    plan = json.loads(file.read_text())
    file.write_text(json.dumps({**plan, "unchanged": 5}))
    ran = desk.ddconf("apply", str(file))
    assert (ran.code, "5 unchanged" in ran.err) == (STALE, True), ran.err
    assert len(desk.api("GET", "/api/v1/dashboard")["dashboards"]) == 1


def test_a_plan_that_replaces_as_told_is_applied_with_the_same_flag(desk: Desk) -> None:
    define(desk, a=board("a"))
    desk.done("apply", "--auto-approve")
    file = str(desk.folder / "plan.json")
    flag = "--replace=dashboard.a"
    assert "--replace dashboard.a" in desk.done("plan", flag, "--out", file).splitlines()[-1]
    assert desk.ddconf("apply", file).code == STALE
    desk.done("apply", flag, file)


@pytest.mark.parametrize("levels", [400, 900, 100_000])
def test_a_plan_that_is_nested_deep_is_refused_before_anything_is_applied(planned: Desk, levels: int) -> None:
    file = planned.folder / "plan.json"
    text = json.dumps(json.loads(file.read_text()))
    file.write_text(text.replace('"desired": {', '"desired": {"x": ' + "[" * levels + "]" * levels + ", ", 1))
    ran = planned.ddconf("apply", str(file))
    assert (ran.code, "nested" in ran.err) == (1, True), ran.err
    assert len(planned.api("GET", "/api/v1/dashboard")["dashboards"]) == 5


def test_a_plan_with_an_empty_path_is_a_mistake_before_anything_is_applied(planned: Desk) -> None:
    file = planned.folder / "plan.json"
    plan = json.loads(file.read_text())
    change(plan, "a")["fields"][0]["path"] = ""
    file.write_text(json.dumps(plan))
    ran = planned.ddconf("apply", str(file))
    assert (ran.code, "path" in ran.err) == (1, True), ran.err
    assert len(planned.api("GET", "/api/v1/dashboard")["dashboards"]) == 5
