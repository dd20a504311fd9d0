"""Bodies are held against what Datadog documents, before anything is looked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ddconf.emulator.body_contract import FILE
from tests.emulator.conftest import Api

POLICIES = "/api/v2/actions/execution-policies"
NOBODY = "00000000-dead-4000-8000-000000000000"


def policy(**changes: Any) -> dict[str, Any]:
    pattern = {"integration": "INTEGRATION_SCRIPT", "action_fqns": ["com.datadoghq.script.*"]}
    attributes = {"name": "scripts", "effect": "allow", "action_pattern": pattern, **changes}
    return {"data": {"type": "execution_policy", "attributes": attributes}}


@pytest.mark.parametrize("wrong", [policy(effect="maybe"), {"data": {"type": "else", "attributes": {}}}, {}])
def test_a_bad_body_is_refused_whether_the_object_is_there_or_not(api: Api, wrong: Any) -> None:
    made = api.post(POLICIES, policy())["data"]["id"]
    assert api.refused("POST", POLICIES, wrong)[0] == 400
    assert api.refused("PUT", f"{POLICIES}/{made}", wrong)[0] == 400
    assert api.refused("PUT", f"{POLICIES}/{NOBODY}", wrong)[0] == 400
    good = {"data": {**policy()["data"], "id": NOBODY}}
    assert api.refused("PUT", f"{POLICIES}/{NOBODY}", good)[0] == 404


def test_what_is_not_documented_passes(api: Api) -> None:
    assert api.post(POLICIES, policy(newest="field"))["data"]["attributes"]["newest"] == "field"


def test_ids_have_a_form_and_are_those_of_the_path(api: Api) -> None:
    accounts = "/api/v2/agentless_scanning/accounts/gcp"
    options = {"vuln_host_os": True, "vuln_containers_os": True}

    def body(id: str) -> dict[str, Any]:
        return {"data": {"id": id, "type": "gcp_scan_options", "attributes": options}}

    assert api.refused("POST", accounts, body("no"))[0] == 400
    api.post(accounts, body("web-project"))
    assert api.refused("GET", f"{accounts}/no")[0] == 400
    assert api.refused("GET", f"{accounts}/other-project")[0] == 404
    assert api.refused("PATCH", f"{accounts}/web-project", body("other-project"))[0] == 400


def test_some_fields_need_others(api: Api) -> None:
    accounts = "/api/v2/integrations/cloudflare/accounts"
    attributes = {"name": "web", "api_key": "k"}
    body = {"data": {"type": "cloudflare-accounts", "attributes": attributes}}
    assert api.refused("POST", accounts, body)[0] == 400
    attributes["email"] = "web@example.com"
    api.post(accounts, body)


def test_every_rule_can_be_read() -> None:
    for operation, rules in json.loads(FILE.read_text()).items():
        method, _, path = operation.partition(" ")
        assert method in ("POST", "PUT", "PATCH", "DELETE") and path.startswith("/api/"), operation
        assert all(rule.rstrip("!") == "any" or "|" in rule for rule in rules.values()), operation
