"""What answers tell of the caller, of its tool, and of what was done before."""

from __future__ import annotations

import json
from typing import Any

from ddconf.emulator.wire import Request
from tests.emulator.conftest import KEYS, Api


def test_a_secret_of_a_connection_is_shown_as_an_empty_text(api: Api) -> None:
    credentials = {"type": "OpenAIAPIKey", "api_token": "hidden"}
    attributes = {"name": "web", "integration": {"type": "OpenAI", "credentials": credentials}}
    body = {"data": {"type": "action_connection", "attributes": attributes}}
    made = api.post("/api/v2/actions/connections", body)["data"]
    assert made["attributes"]["integration"]["credentials"]["api_token"] == ""


def test_a_published_app_tells_whether_it_was_changed_since(api: Api) -> None:
    apps = "/api/v2/app-builder/apps"

    def body(name: str) -> dict[str, Any]:
        attributes = {"name": name, "rootInstanceName": "grid", "components": [], "queries": []}
        return {"data": {"type": "appDefinitions", "attributes": attributes}}

    one = f"{apps}/{api.post(apps, body('web'))['data']['id']}"

    def changed_since(name: str) -> bool:
        api.patch(one, body(name))
        return bool(api.get(one)["data"]["meta"]["updated_since_deployment"])

    assert not changed_since("a")
    api.post(f"{one}/deployment", None)
    assert changed_since("b")
    api.delete(f"{one}/deployment")
    assert not changed_since("c")


def test_a_service_tells_which_tool_wrote_it(api: Api) -> None:
    definition = {"schema-version": "v2", "dd-service": "web"}
    headers = KEYS | {"user-agent": "terraform-provider-datadog/3.80"}
    request = Request("POST", "/api/v2/services/definitions", headers, json.dumps(definition).encode())
    assert api.app.handle(request).status == 200
    read = api.get("/api/v2/services/definitions/web")["data"]
    assert read["attributes"]["meta"]["origin"] == "dd_terraform"


def test_a_second_invitation_is_a_reminder(api: Api) -> None:
    person = {"data": {"type": "users", "attributes": {"email": "web@example.com"}}}
    id = api.post("/api/v2/users", person)["data"]["id"]
    link = {"user": {"data": {"type": "users", "id": id}}}
    body = {"data": [{"type": "user_invitations", "relationships": link}]}
    kinds = [
        api.post("/api/v2/user_invitations", body)["data"][0]["attributes"]["invite_type"] for _ in range(2)
    ]
    assert kinds == ["basic_invite", "basic_reminder"]


def test_a_person_may_have_the_mail_address_of_a_service_account(api: Api) -> None:
    body = {"data": {"type": "users", "attributes": {"email": "web@example.com", "name": "web"}}}
    account = {
        "data": {**body["data"], "attributes": {**body["data"]["attributes"], "service_account": True}}
    }
    api.post("/api/v2/service_accounts", account)
    api.post("/api/v2/users", body)
    assert api.refused("POST", "/api/v2/users", body)[0] == 409


def test_an_enforced_policy_tells_since_when(api: Api) -> None:
    def made(tier: str) -> dict[str, Any]:
        attributes = {"content": {"org_config": True}, "enforcement_tier": tier, "policy_name": "reports"}
        link = {"org_group": {"data": {"id": "g", "type": "org_groups"}}}
        data = {"type": "org_group_policies", "attributes": attributes, "relationships": link}
        attributes["policy_type"] = "org_config"
        told: dict[str, Any] = api.post("/api/v2/org_group_policies", {"data": data})["data"]["attributes"]
        return told

    assert "enforced_at" in made("GROUP_MANAGED")
    assert "enforced_at" not in made("OVERRIDE_ALLOWED")
