"""What recordings show that Datadog refuses, of collections that are lines of the table."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.conftest import Api

CASES: dict[str, tuple[str, str, dict[str, Any], dict[str, Any], int]] = {
    "two fields exclude each other": (
        "/api/v2/remote_config/products/cws/policy",
        "policy",
        {"name": "web", "hostTags": ["env:web"]},
        {"hostTagsLists": [["env:web"]]},
        400,
    ),
    "two values exclude each other": (
        "/api/v2/integration/gcp/accounts",
        "gcp_service_account",
        {"client_email": "web@example.iam.gserviceaccount.com"},
        {"is_cspm_enabled": True, "resource_collection_enabled": False},
        400,
    ),
    "a number is too high": (
        "/api/v2/apm/config/retention-filters",
        "apm_retention_filter",
        {
            "name": "web",
            "enabled": True,
            "rate": 1.0,
            "filter": {"query": "*"},
            "filter_type": "spans-sampling-processor",
        },
        {"rate": 2.0},
        400,
    ),
    "a name that is taken": (
        "/api/v2/datasets",
        "dataset",
        {"name": "web", "principals": [], "product_filters": []},
        {},
        409,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_what_datadog_refuses_is_refused(api: Api, case: str) -> None:
    path, type, good, wrong, status = CASES[case]
    api.post(path, {"data": {"type": type, "attributes": good}})
    assert api.refused("POST", path, {"data": {"type": type, "attributes": good | wrong}})[0] == status


def test_a_link_to_what_is_not_there_is_refused(api: Api) -> None:
    templates = "/api/v2/incidents/config/notification-templates"
    attributes = {"name": "web", "category": "alert", "subject": "s", "content": "c"}
    link = {"incident_type": {"data": {"id": "nobody", "type": "incident_types"}}}
    body = {"type": "notification_templates", "attributes": attributes, "relationships": link}
    assert api.refused("POST", templates, {"data": body})[0] == 404


def test_what_is_made_with_its_parent_has_a_path_of_its_own(api: Api) -> None:
    component = {"name": "web", "type": "component", "position": 0}
    page = {
        "name": "p",
        "domain_prefix": "p",
        "type": "public",
        "visualization_type": "bars_and_uptime_percentage",
    }
    attributes = page | {"enabled": False, "components": [component]}
    made = api.post("/api/v2/statuspages", {"data": {"type": "status_pages", "attributes": attributes}})[
        "data"
    ]
    id = made["attributes"]["components"][0]["id"]
    one = f"/api/v2/statuspages/{made['id']}/components/{id}"
    assert api.get(one)["data"]["attributes"]["name"] == "web"
    api.patch(one, {"data": {"id": id, "type": "components", "attributes": {"name": "api"}}})
    listed = api.get(f"/api/v2/statuspages/{made['id']}/components")["data"]
    assert [item["attributes"]["name"] for item in listed] == ["api"]
    api.delete(one)
    assert api.refused("GET", one)[0] == 404


def test_a_configuration_below_an_object_is_made_once(api: Api) -> None:
    accounts = "/api/v2/integration/aws/accounts"
    config = {"data": {"type": "ccm_config", "attributes": {"ccm_config": {"data_export_configs": []}}}}
    nobody = "00000000-dead-4000-8000-000000000000"
    assert api.refused("POST", f"{accounts}/{nobody}/ccm_config", config)[0] == 404
    account = {"aws_account_id": "123456789012", "aws_partition": "aws", "auth_config": {"role_name": "web"}}
    id = api.post(accounts, {"data": {"type": "account", "attributes": account}})["data"]["id"]
    api.post(f"{accounts}/{id}/ccm_config", config)
    assert api.refused("POST", f"{accounts}/{id}/ccm_config", config)[0] == 409
