"""Dashboards, their lists and powerpacks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.emulator.conftest import Api

PATH = "/api/v1/dashboard"
LISTS = "/api/v1/dashboard/lists/manual"
NOTE = {"definition": {"type": "note", "content": "c"}}


def dashboard(api: Api, **fields: Any) -> Any:
    return api.post(PATH, {"title": "My board", "layout_type": "ordered", "widgets": [NOTE], **fields})


def test_widgets_come_back_as_sent_with_ids(api: Api) -> None:
    definition = {"type": "group", "widgets": [NOTE, {"id": 7, **NOTE}], "odd": [1, 2.0, None]}
    made = dashboard(api, widgets=[{"definition": definition}])
    group = made["widgets"][0]
    assert isinstance(group["id"], int)
    assert group["definition"]["odd"] == [1, 2.0, None]
    inner = group["definition"]["widgets"]
    assert inner[1] == {"id": 7, **NOTE}
    assert inner[0] == {"id": inner[0]["id"], **NOTE}
    assert api.get(f"{PATH}/{made['id']}") == made


def test_the_server_adds_author_address_and_times(api: Api) -> None:
    made = dashboard(api, id="mine", author_handle="me")
    assert re.fullmatch(r"\w{3}-\w{3}-\w{3}", made["id"])
    assert made["url"] == f"/dashboard/{made['id']}/my-board"
    assert made["author_handle"] == "sandbox@example.com"
    assert made["description"] is made["notify_list"] is made["template_variables"] is None
    assert "tags" not in made


def test_a_put_gives_new_ids_to_widgets_without_one_and_replaces_all(api: Api) -> None:
    made = dashboard(api, description="d", restricted_roles=["r"])
    changed = api.put(f"{PATH}/{made['id']}", {"title": "t", "layout_type": "ordered", "widgets": [NOTE]})
    assert changed["widgets"][0]["id"] != made["widgets"][0]["id"]
    assert changed["description"] is None
    assert "restricted_roles" not in changed
    assert changed["created_at"] == made["created_at"] < changed["modified_at"]


def test_tabs_name_widgets_by_position_and_get_their_ids(api: Api) -> None:
    tabs = [{"id": "u", "name": "one", "widget_ids": ["@2", "@1"]}]
    made = dashboard(api, widgets=[NOTE, NOTE], tabs=tabs)
    first, second = (widget["id"] for widget in made["widgets"])
    assert made["tabs"] == [{"id": "u", "name": "one", "widget_ids": [second, first]}]
    bad = {"title": "t", "layout_type": "ordered", "widgets": [NOTE]}
    tabs = [{"name": "x", "widget_ids": ["@3"]}]
    assert api.refused("POST", PATH, bad | {"tabs": tabs})[0] == 400


def test_notify_list_comes_back_sorted(api: Api) -> None:
    assert dashboard(api, notify_list=["b@x", "a@x"])["notify_list"] == ["a@x", "b@x"]


@pytest.mark.parametrize(
    "fault",
    [
        {"title": None},
        {"layout_type": "diagonal"},
        {"widgets": "none"},
        {"widgets": [{"definition": {}}]},
        {"widgets": [{}]},
        {"tags": ["tm:x"]},
        {"template_variables": [{"name": "v", "defaults": []}]},
        {"template_variables": [{"name": "v", "default": "a", "defaults": ["a"]}]},
        {
            "template_variable_presets": [
                {"template_variables": [{"name": "v", "value": "a", "values": ["a"]}]}
            ]
        },
    ],
)
def test_a_bad_dashboard_is_refused(api: Api, fault: dict) -> None:
    body = {"title": "t", "layout_type": "ordered", "widgets": [NOTE]} | fault
    status, answer = api.refused("POST", PATH, body)
    assert status == 400
    assert isinstance(answer["errors"][0], str)


def test_the_list_is_a_summary_in_pages(api: Api) -> None:
    ids = [dashboard(api, title=title)["id"] for title in "abc"]
    listed = api.get(PATH)["dashboards"]
    assert [item["id"] for item in listed] == ids
    assert "widgets" not in listed[0]
    assert listed[0]["deleted_at"] is None
    page = api.get(f"{PATH}?start=1&count=1")["dashboards"]
    assert [item["title"] for item in page] == ["b"]


def test_a_deleted_dashboard_can_be_restored(api: Api) -> None:
    made = dashboard(api)
    path = f"{PATH}/{made['id']}"
    assert api.delete(path) == {"deleted_dashboard_id": made["id"]}
    error = {"errors": [f"Dashboard with ID {made['id']} not found"]}
    assert api.refused("GET", path) == (404, error)
    assert api.refused("DELETE", path) == (404, error)
    (deleted,) = api.get(f"{PATH}?filter%5Bdeleted%5D=true")["dashboards"]
    assert deleted["deleted_at"]
    assert api.send("PATCH", PATH, {"data": [{"id": made["id"], "type": "dashboard"}]}).status == 204
    assert api.get(path) == made
    assert api.send("DELETE", PATH, {"data": [{"id": made["id"], "type": "dashboard"}]}).status == 204
    assert api.get(PATH) == {"dashboards": []}


def test_a_dashboard_list_counts_its_members(api: Api) -> None:
    board, made = dashboard(api), api.post(LISTS, {"name": "l"})
    members = f"/api/v2/dashboard/lists/manual/{made['id']}/dashboards"
    member = {"type": "custom_timeboard", "id": board["id"]}
    assert made["dashboards"] is None
    assert api.post(members, {"dashboards": [member]}) == {"added_dashboards_to_list": [member]}
    assert api.post(members, {"dashboards": [member]}) == {"added_dashboards_to_list": []}
    assert api.get(f"{LISTS}/{made['id']}")["dashboard_count"] == 1
    listed = api.get(members)
    assert (listed["total"], listed["dashboards"][0]["title"]) == (1, "My board")
    other = {"type": "custom_screenboard", "id": "abc-abc-abc"}
    assert api.put(members, {"dashboards": [other]}) == {"dashboards": [other]}
    assert api.delete(members, {"dashboards": [member]}) == {"deleted_dashboards_from_list": []}
    assert api.put(f"{LISTS}/{made['id']}", {"name": "m"})["dashboard_count"] == 1
    assert api.delete(f"{LISTS}/{made['id']}") == {"deleted_dashboard_list_id": made["id"]}
    assert api.refused("GET", members)[0] == 404


def test_a_powerpacks_widgets_get_ids_and_a_layout(api: Api) -> None:
    definition = {"type": "group", "layout_type": "ordered", "widgets": [NOTE]}
    attributes = {"name": "p", "group_widget": {"definition": definition}}
    made = api.post("/api/v2/powerpacks", {"data": {"type": "powerpack", "attributes": attributes}})
    group = made["data"]["attributes"]["group_widget"]
    assert group["layout"] == {"x": 0, "y": 0, "width": 12, "height": 1}
    assert isinstance(group["definition"]["widgets"][0]["id"], int)
    assert made["included"][0]["type"] == "users"
    pages = api.get("/api/v2/powerpacks?page%5Blimit%5D=1000")
    assert pages["meta"]["pagination"]["next_offset"] == 1000
    assert pages["data"] == [made["data"]]
    error = {"errors": ["Powerpack has invalid UUID x not found"]}
    assert api.refused("GET", "/api/v2/powerpacks/x") == (404, error)
