"""Roles, users, teams and what belongs to them."""

from __future__ import annotations

from typing import Any

from ddconf.emulator.permissions import BASE, permission_id
from ddconf.emulator.seed import plant
from tests.emulator.conftest import Api

ROLES = "/api/v2/roles"
TEAMS = "/api/v2/team"


def role(api: Api, name: str = "r", permissions: tuple[str, ...] = (), **attributes: Any) -> Any:
    links = {"permissions": {"data": [{"type": "permissions", "id": id} for id in permissions]}}
    body = {"type": "roles", "attributes": {"name": name, **attributes}, "relationships": links}
    return api.post(ROLES, {"data": body})["data"]


def held(role: Any) -> list[str]:
    return [item["id"] for item in role["relationships"]["permissions"]["data"]]


def test_a_role_holds_more_than_was_asked_for(api: Api) -> None:
    plant(api.app.store)
    wanted = permission_id("logs_live_tail")
    made = role(api, permissions=(wanted,))
    assert held(made) == [wanted, *BASE]
    assert held(role(api, "bare", default_permissions_opt_out=True)) == []
    assert "created_by_handle" not in made["attributes"]
    read = api.get(f"{ROLES}/{made['id']}")["data"]
    assert read["attributes"]["created_by_handle"] == "sandbox@example.com"


def test_a_roles_permissions_are_replaced_by_a_patch_and_changed_one_by_one(api: Api) -> None:
    plant(api.app.store)
    made = role(api)
    path = f"{ROLES}/{made['id']}"
    wanted = {"type": "permissions", "id": permission_id("logs_read_data")}
    links = {"permissions": {"data": [wanted]}}
    body = {"id": made["id"], "type": "roles", "attributes": {"name": "new"}, "relationships": links}
    assert held(api.patch(path, {"data": body})["data"]) == [wanted["id"], *BASE]
    api.delete(f"{path}/permissions", {"data": wanted})
    assert wanted["id"] not in [item["id"] for item in api.get(f"{path}/permissions")["data"]]
    api.post(f"{path}/permissions", {"data": wanted})
    assert api.get(f"{path}/permissions")["data"][0]["attributes"]["name"] == "logs_read_data"


def test_a_patch_must_repeat_the_roles_id_and_know_its_permissions(api: Api) -> None:
    plant(api.app.store)
    made = role(api)
    path = f"{ROLES}/{made['id']}"
    body = {"id": "other", "type": "roles", "attributes": {"name": "x"}}
    assert api.refused("PATCH", path, {"data": body})[0] == 422
    body |= {"id": made["id"], "relationships": {"permissions": {"data": [{"id": "none"}]}}}
    assert api.refused("PATCH", path, {"data": body}) == (400, {"errors": ["Invalid input "]})


def test_users_of_a_role_are_counted(api: Api) -> None:
    plant(api.app.store)
    made = role(api)
    user = api.get("/api/v2/current_user")["data"]
    link = {"data": {"type": "users", "id": user["id"]}}
    assert api.post(f"{ROLES}/{made['id']}/users", link)["meta"]["page"]["total_count"] == 1
    assert api.get(f"{ROLES}/{made['id']}")["data"]["attributes"]["user_count"] == 1
    assert api.delete(f"{ROLES}/{made['id']}/users", link)["data"] == []


def test_roles_are_listed_in_pages_and_by_name(api: Api) -> None:
    plant(api.app.store)
    page = api.get(f"{ROLES}?page%5Bsize%5D=2&page%5Bnumber%5D=1")
    assert len(page["data"]) == 1
    assert page["meta"]["page"]["total_count"] == 3
    (admin,) = api.get(f"{ROLES}?filter=admin")["data"]
    assert admin["attributes"]["name"] == "Datadog Admin Role"


def test_a_deleted_user_is_only_disabled(api: Api) -> None:
    body = {"data": {"type": "users", "attributes": {"email": "New@Example.com"}}}
    made = api.post("/api/v2/users", body)["data"]
    assert made["attributes"]["email"] == "new@example.com"
    assert api.refused("POST", "/api/v2/users", body)[0] == 409
    assert api.send("DELETE", f"/api/v2/users/{made['id']}").status == 204
    assert api.get(f"/api/v2/users/{made['id']}")["data"]["attributes"]["disabled"] is True


def team(api: Api, name: str = "core", **attributes: Any) -> Any:
    sent = {"name": name, "handle": name, **attributes}
    return api.post(TEAMS, {"data": {"type": "team", "attributes": sent}})["data"]


def test_a_team_is_created_with_201_and_unique(api: Api) -> None:
    made = team(api, description="d")
    assert made["attributes"]["summary"] == "d"
    assert made["relationships"]["team_links"]["links"]["related"] == f"{TEAMS}/{made['id']}/links"
    body = {"data": {"type": "team", "attributes": {"name": "core", "handle": "other"}}}
    status, answer = api.refused("POST", TEAMS, body)
    assert (status, answer["errors"][0]["status"]) == (409, "409")
    assert "banner" not in api.get(f"{TEAMS}/{made['id']}")["data"]["attributes"]
    assert api.get(f"{TEAMS}?filter%5Bkeyword%5D=cor")["meta"]["pagination"]["total"] == 1


def test_members_are_addressed_by_their_user(api: Api) -> None:
    made = team(api)
    path = f"{TEAMS}/{made['id']}/memberships"
    user = {"user": {"data": {"type": "users", "id": "u1"}}}
    body = {"data": {"type": "team_memberships", "attributes": {"role": "admin"}, "relationships": user}}
    member = api.post(path, body)["data"]
    assert member["id"].startswith(f"TeamMembership-{made['id']}-")
    assert api.refused("POST", path, body)[0] == 409
    body["data"]["attributes"]["role"] = None
    assert api.patch(f"{path}/u1", body)["data"]["attributes"]["role"] is None
    body["data"]["attributes"]["role"] = "king"
    assert api.refused("PATCH", f"{path}/u1", body)[0] == 400
    assert api.get(f"{TEAMS}/{made['id']}")["data"]["attributes"]["user_count"] == 1
    assert api.send("DELETE", f"{path}/u1").status == 204
    assert api.get(path)["data"] == []


def test_links_belong_to_one_team(api: Api) -> None:
    made = team(api)
    path = f"{TEAMS}/{made['id']}/links"
    body = {"data": {"type": "team_links", "attributes": {"label": "l", "url": "https://e"}}}
    link = api.post(path, body)["data"]
    assert link["attributes"] == {"label": "l", "url": "https://e", "position": 0, "team_id": made["id"]}
    assert api.get(path)["data"] == [link]
    other = team(api, "other")
    assert api.get(f"{TEAMS}/{other['id']}/links")["data"] == []
    api.delete(f"{TEAMS}/{made['id']}")
    assert api.refused("GET", path)[0] == 404
    missing = {"errors": ["x is not a valid UUID not found"]}
    assert api.refused("GET", f"{TEAMS}/x/links") == (404, missing)


def test_a_team_has_one_notification_rule(api: Api) -> None:
    path = f"{TEAMS}/{team(api)['id']}/notification-rules"
    body = {"data": {"type": "team_notification_rules", "attributes": {"email": {"enabled": True}}}}
    rule = api.post(path, body)["data"]
    assert api.refused("POST", path, body)[0] == 409
    body["data"]["attributes"] = {"email": {"enabled": False}, "slack": {"channel": "#c"}}
    assert api.put(f"{path}/{rule['id']}", body)["data"]["attributes"] == {"slack": {"channel": "#c"}}


def test_permission_settings_are_always_there(api: Api) -> None:
    path = f"{TEAMS}/{team(api)['id']}/permission-settings"
    assert [item["attributes"]["action"] for item in api.get(path)["data"]] == ["manage_membership", "edit"]
    body = {"data": {"type": "team_permission_settings", "attributes": {"value": "admins"}}}
    api.put(f"{path}/edit", body)
    assert api.get(path)["data"][1]["attributes"]["value"] == "admins"
    assert api.refused("PUT", f"{path}/fly", body)[0] == 404
    body["data"]["attributes"]["value"] = "nobody"
    assert api.refused("PUT", f"{path}/edit", body)[0] == 400


def test_a_policy_never_set_is_empty_and_not_missing(api: Api) -> None:
    path = "/api/v2/restriction_policy/dashboard:abc"
    assert api.get(path)["data"]["attributes"] == {"bindings": []}
    bindings = [{"relation": "viewer", "principals": ["org:1"]}]
    body = {"data": {"type": "restriction_policy", "attributes": {"bindings": bindings}}}
    assert api.post(path, body)["data"]["id"] == "dashboard:abc"
    assert api.get(path)["data"]["attributes"] == {"bindings": bindings}
    assert api.send("DELETE", path).status == 204
    assert api.get(path)["data"]["attributes"] == {"bindings": []}
