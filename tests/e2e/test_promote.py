"""Definitions moved to an organisation on another site, where everything has other ids."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from ddconf.emulator.permissions import permission_id
from ddconf.kind import find_kind, kind_names
from tests.e2e.conftest import Desk, another_organisation
from tests.e2e.test_kinds import PUBLIC
from tests.kinds import samples

SETTINGS = "environments: {com: {}, eu: {}}\n"
MOVE = ("apply", "--env", "eu", "--auto-approve")
EMPTY = "No changes."
EXPORTED = "The plan of what was exported is empty."
PERMISSIONS = "/api/v2/permissions"


@pytest.fixture
def eu(desk: Desk) -> Iterator[Desk]:
    """An organisation on another site; the first is `--env com`."""
    desk.write("ddconf.yaml", SETTINGS)
    with another_organisation(desk, "eu", realm="eu") as eu:
        yield eu


def permission(name: str, realm: str = "") -> dict[str, str]:
    return {"type": "permissions", "id": permission_id(name, realm)}


def make_role(desk: Desk, name: str, *permissions: str) -> str:
    links = {"permissions": {"data": [permission(one) for one in permissions]}}
    body = {"data": {"type": "roles", "attributes": {"name": name}, "relationships": links}}
    return str(desk.api("POST", "/api/v2/roles", body)["data"]["id"])


def find_role(desk: Desk, name: str) -> dict[str, Any]:
    roles = desk.api("GET", "/api/v2/roles?page[size]=100")["data"]
    return next(role for role in roles if role["attributes"]["name"] == name)


def held(desk: Desk, name: str) -> set[str]:
    """The names of a role's permissions."""
    names = {item["id"]: item["attributes"]["name"] for item in desk.api("GET", PERMISSIONS)["data"]}
    return {names[link["id"]] for link in find_role(desk, name)["relationships"]["permissions"]["data"]}


def test_no_permission_has_the_same_id_on_both_sites(desk: Desk, eu: Desk) -> None:
    com, other = ({item["id"] for item in one.api("GET", PERMISSIONS)["data"]} for one in (desk, eu))
    assert len(com) == len(other)
    assert not com & other


def test_a_role_keeps_its_permissions_by_name_on_another_site(desk: Desk, eu: Desk) -> None:
    make_role(desk, "Night", "logs_read_data", "monitors_write")
    assert EXPORTED in desk.done("export", "--env", "com")
    assert "id: ${permission[monitors_write]}" in (desk.folder / "role" / "night.yaml").read_text()
    assert "id: ${permission[monitors_write]}" in desk.done("plan", "--env", "eu")
    desk.done(*MOVE)
    assert EMPTY in desk.done("plan", "--env", "eu")
    assert held(eu, "Night") == held(desk, "Night") >= {"logs_read_data", "monitors_write"}
    assert "com and eu have the same." in desk.done("diff", "--env", "com", "--env", "eu")
    assert EMPTY in desk.done("plan", "--env", "com")


def test_a_permission_taken_away_by_hand_is_named_and_given_back(desk: Desk, eu: Desk) -> None:
    make_role(desk, "Night", "logs_read_data")
    desk.done("export", "--env", "com")
    desk.done(*MOVE)
    role = find_role(eu, "Night")
    eu.api("DELETE", f"/api/v2/roles/{role['id']}/permissions", {"data": permission("logs_read_data", "eu")})
    drifted = desk.ddconf("plan", "--env", "eu", "--detailed-exitcode")
    assert (drifted.code, "(logs_read_data)" in drifted.out) == (2, True), drifted.out
    desk.done(*MOVE)
    assert "logs_read_data" in held(eu, "Night")
    assert EMPTY in desk.done("plan", "--env", "eu")


def test_a_saved_plan_has_the_ids_of_what_it_looked_up(desk: Desk, eu: Desk) -> None:
    make_role(desk, "Night", "logs_read_data")
    desk.done("export", "--env", "com")
    desk.done("plan", "--env", "eu", f"--out={desk.folder / 'plan.json'}")
    desk.done("apply", "--env", "eu", str(desk.folder / "plan.json"))
    assert "logs_read_data" in held(eu, "Night")


def test_a_permission_that_is_not_there_is_told_with_its_place(desk: Desk, eu: Desk) -> None:
    file = desk.write(
        "r.yaml",
        """\
        role:
          night:
            name: Night
            relationships:
              permissions:
                data:
                  - {type: permissions, id: "${permission[log_read_data]}"}
        """,
    )
    desk.done("validate")
    ran = desk.ddconf("plan", "--env", "eu")
    assert ran.code == 1
    assert "no live permission is called 'log_read_data' in role.night" in ran.err
    assert f"{file.name}:7:" in ran.err
    assert "did you mean 'logs_read_data'?" in ran.err
    file.write_text(file.read_text().replace("permission[", "permision["))
    assert "unknown kind in the reference" in desk.ddconf("validate").err


def test_what_exists_by_itself_is_called_by_name(desk: Desk, eu: Desk) -> None:
    standard = find_role(desk, "Datadog Standard Role")["id"]
    pattern = desk.api("GET", "/api/v2/sensitive-data-scanner/config/standard-patterns")["data"][0]
    query = "avg(last_5m):avg:system.load.1{*} > 5"
    monitor = {"name": "Load", "type": "query alert", "query": query, "message": "m"}
    desk.api("POST", "/api/v1/monitor", {**monitor, "restricted_roles": [standard]})
    group = {"name": "Cards", "filter": {"query": "*"}, "is_enabled": True, "product_list": ["logs"]}
    group_id = desk.api(
        "POST",
        "/api/v2/sensitive-data-scanner/config/groups",
        {"data": {"type": "sensitive_data_scanner_group", "attributes": group}, "meta": {}},
    )["data"]["id"]
    links = {
        "group": {"data": {"type": "sensitive_data_scanner_group", "id": group_id}},
        "standard_pattern": {"data": {"type": pattern["type"], "id": pattern["id"]}},
    }
    rule = {"type": "sensitive_data_scanner_rule", "attributes": {"name": "Visa"}, "relationships": links}
    desk.api("POST", "/api/v2/sensitive-data-scanner/config/rules", {"data": rule, "meta": {}})
    assert EXPORTED in desk.done("export", "--env", "com")
    assert "${role[Datadog Standard Role]}" in (desk.folder / "monitor" / "load.yaml").read_text()
    name = pattern["attributes"]["name"]
    text = (desk.folder / "sensitive_data_scanner_rule" / "visa.yaml").read_text()
    assert f"${{sensitive_data_scanner_standard_pattern[{name}]}}" in text
    desk.done(*MOVE)
    assert EMPTY in desk.done("plan", "--env", "eu")
    (moved,) = eu.api("GET", "/api/v1/monitor")
    assert moved["restricted_roles"] == [find_role(eu, "Datadog Standard Role")["id"]]


def test_principals_become_those_of_the_other_organisation(desk: Desk, eu: Desk) -> None:
    role = make_role(desk, "Night")
    board = {"title": "Web", "layout_type": "ordered", "widgets": []}
    id_ = desk.api("POST", "/api/v1/dashboard", board)["id"]
    org = desk.api("GET", "/api/v2/current_user")["data"]["relationships"]["org"]["data"]["id"]
    bindings = [
        {"relation": "editor", "principals": [f"role:{role}"]},
        {"relation": "viewer", "principals": [f"org:{org}"]},
    ]
    policy = {"type": "restriction_policy", "id": f"dashboard:{id_}", "attributes": {"bindings": bindings}}
    desk.api("POST", f"/api/v2/restriction_policy/dashboard:{id_}", {"data": policy})
    desk.done("export", "--env", "com")
    desk.done("import", "--env", "com", "restriction_policy.web", f"dashboard:{id_}")
    text = (desk.folder / "restriction_policy" / "web.yaml").read_text()
    assert "id: dashboard:${dashboard.web}" in text
    assert "role:${role.night}" in text
    assert "org:${organization[own]}" in text
    desk.done(*MOVE)
    assert EMPTY in desk.done("plan", "--env", "eu")
    (board,) = eu.api("GET", "/api/v1/dashboard")["dashboards"]
    shown = eu.api("GET", f"/api/v2/restriction_policy/dashboard:{board['id']}")["data"]["attributes"]
    assert {one["principals"][0] for one in shown["bindings"]} == {
        f"role:{find_role(eu, 'Night')['id']}",
        f"org:{org}",  # the emulator's organisations all have the same id
    }


def test_integration_pipelines_are_only_ordered(desk: Desk, eu: Desk) -> None:
    own = {"name": "web", "is_enabled": True, "filter": {"query": "source:web"}, "processors": []}
    id_ = desk.api("POST", "/api/v1/logs/config/pipelines", own)["id"]
    others = [one for one in desk.api("GET", "/api/v1/logs/config/pipelines") if one["is_read_only"]]
    first, second, third = (one["id"] for one in others)
    order = "/api/v1/logs/config/pipeline-order"
    desk.api("PUT", order, {"pipeline_ids": [third, id_, first, second]})
    desk.done("export", "--env", "com")
    assert not (desk.folder / "logs_integration_pipeline").exists()
    names = {one["id"]: one["name"] for one in others}
    text = (desk.folder / "logs_pipeline_order" / "main.yaml").read_text()
    assert text.index(names[third]) < text.index("${logs_custom_pipeline.web}") < text.index(names[first])
    gone = next(one for one in eu.api("GET", "/api/v1/logs/config/pipelines") if one["name"] == names[first])
    eu.app.store.delete("logs_pipeline", gone["id"])
    ran = desk.ddconf(*MOVE)
    assert ran.code == 0, ran.err
    assert f"no live logs_integration_pipeline is called '{names[first]}'" in ran.err
    assert "it is left out of the order" in ran.err
    shown = {one["id"]: one["name"] for one in eu.api("GET", "/api/v1/logs/config/pipelines")}
    moved = [shown[one] for one in eu.api("GET", order)["pipeline_ids"]]
    assert moved == [names[third], "web", names[second]]
    assert EMPTY in desk.done("plan", "--env", "eu")


def without_secrets(desk: Desk) -> set[str]:
    """Kinds whose objects nobody can make from what Datadog shows of them."""
    told = desk.ddconf("validate").err
    return {match[1] for match in re.finditer(r"warning: '\w+' is missing in (\w+)\.", told)}


def test_an_organisation_with_objects_of_every_kind_moves_to_another_site(desk: Desk, eu: Desk) -> None:
    wanted: dict[str, dict[str, Any]] = {}
    for name in PUBLIC:
        api = find_kind(name).api
        assert api is not None
        if api.create is None and not api.created_with_parent:
            for call in samples.GIVEN.get(name, {}).get("plant", ()):
                for one in (desk, eu):
                    one.api(*call)
        for kind, items in samples.definitions(name).items():
            wanted.setdefault(kind, {}).update(items)
    opened = [name for name in kind_names() if find_kind(name).opt_in]
    desk.write("ddconf.yaml", f"{SETTINGS}allow_writes: {json.dumps(opened)}\n")
    desk.write("all.json", json.dumps(wanted))
    desk.done("apply", "--env", "com", "--auto-approve")
    (desk.folder / "all.json").unlink()
    for file in desk.state.parent.glob("state*.json"):
        file.unlink()
    assert EXPORTED in desk.done("export", "--env", "com", "--all", "--adopt")
    left = without_secrets(desk)
    assert "integration_opsgenie_account" in left
    left |= {"reference_table"}  # made of an uploaded file, and which one is never shown
    below = {name for name in PUBLIC if (api := find_kind(name).api) and api.parent[1] in left}
    for file in (file for name in left | below for file in (desk.folder / name).glob("*.yaml")):
        file.unlink()
    desk.done(*MOVE)
    assert EMPTY in desk.done("plan", "--env", "eu")
    assert foreign_ids(desk, eu) == []


def foreign_ids(desk: Desk, other: Desk) -> list[str]:
    """Where ids of the first organisation stand in the second one."""
    (ours, _), (theirs, _) = desk.app.store.snapshot(), other.app.store.snapshot()
    ids = {id_ for _, _, id_, _ in ours if len(id_) > 5} - {id_ for _, _, id_, _ in theirs}
    return [f"{kind} {id_}: {found}" for _, kind, id_, body in theirs for found in ids if found in body]
