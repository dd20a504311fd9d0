"""What Terraform's provider asks beside the objects themselves: dry runs, invitations, deployments, lists."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.emulator.seed import plant
from ddconf.emulator.wire import Request
from tests.emulator.conftest import KEYS, Api


@pytest.fixture
def planted(api: Api) -> Api:
    plant(api.app.store)
    return api


def data(type_: str, attributes: Any, **more: Any) -> Any:
    return {"data": {"type": type_, "attributes": attributes, **more}}


def test_the_organisation_is_listed_and_told_beside_the_user(planted: Api) -> None:
    [organisation] = planted.get("/api/v1/org")["orgs"]
    found = planted.get("/api/v2/current_user")
    [beside] = [item for item in found["included"] if item["type"] == "orgs"]
    assert organisation["name"] == beside["attributes"]["name"]
    assert {"roles", "permissions", "orgs"} == {item["type"] for item in found["included"]}


def test_a_user_is_invited(planted: Api) -> None:
    user = planted.get("/api/v2/users")["data"][0]["id"]
    link = {"user": {"data": {"type": "users", "id": user}}}
    body = {"data": [{"type": "user_invitations", "relationships": link}]}
    made = planted.send("POST", "/api/v2/user_invitations", body)
    [invitation] = made.json()["data"]
    assert made.status == 201
    assert planted.get(f"/api/v2/user_invitations/{invitation['id']}")["data"] == invitation


def test_layers_of_a_schedule_are_relationships(planted: Api) -> None:
    layer = {
        "name": "first",
        "effective_date": "2026-01-01T00:00:00Z",
        "rotation_start": "2026-01-01T00:00:00Z",
        "interval": {"days": 1},
        "members": [],
    }
    sent = data("schedules", {"name": "web", "time_zone": "UTC", "layers": [layer]})
    made = planted.post("/api/v2/on-call/schedules?include=layers", sent)
    assert "layers" not in made["data"]["attributes"]
    [link] = made["data"]["relationships"]["layers"]["data"]
    assert [item["id"] for item in made["included"]] == [link["id"]]


def test_a_change_of_a_rum_metric_keeps_the_rest(api: Api) -> None:
    compute = {"aggregation_type": "distribution", "include_percentiles": True, "path": "@duration"}
    attributes = {"compute": compute, "event_type": "session", "uniqueness": {"when": "match"}}
    path = "/api/v2/rum/config/metrics"
    made = api.post(path, data("rum_metrics", attributes, id="m"))["data"]["attributes"]
    change = data("rum_metrics", {"filter": {"query": "@a:b"}}, id="m")
    changed = api.send("PATCH", f"{path}/m", change).json()["data"]["attributes"]
    assert changed == {**made, "filter": {"query": "@a:b"}}


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/api/v2/catalog/entity", "apiVersion: v3\nkind: service\nmetadata:\n  name: web\n"),
        ("/api/v2/services/definitions", "schema-version: v2.2\ndd-service: web\n"),
    ],
)
def test_definitions_may_come_as_yaml(api: Api, path: str, text: str) -> None:
    assert api.app.handle(Request("POST", path, KEYS, text.encode())).status < 300
    assert "web" in str(api.get(path))


def test_a_metric_is_known_by_its_tags_alone(api: Api) -> None:
    tags = data("manage_tags", {"metric_type": "gauge", "tags": ["env"]}, id="a.b")
    api.post("/api/v2/metrics/a.b/tags", tags)
    assert api.get("/api/v1/metrics/a.b")["type"] == "gauge"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/v2/tags/enrichment/validate-query", data("validate_query", {"Query": "env:prod"}), 200),
        (
            "/api/v2/security_monitoring/configuration/suppressions/validation",
            data("suppressions", {"name": "x", "enabled": True, "rule_query": "type:log_detection"}),
            204,
        ),
        ("/api/v2/cost/budget/validate", data("budget", {"name": "x"}), 400),
        ("/api/v2/integration/gcp/sts_delegate", {}, 200),
        ("/api/v2/incidents/config/types", data("incident_types", {"name": "x"}), 201),
    ],
)
def test_a_dry_run_or_helper_answers_as_datadog_does(api: Api, path: str, body: Any, status: int) -> None:
    assert api.send("POST", path, body).status == status


def test_an_app_is_published_and_withdrawn(api: Api) -> None:
    attributes = {"name": "x", "components": [], "queries": [], "rootInstanceName": "grid0"}
    id = api.post("/api/v2/app-builder/apps", data("appDefinitions", attributes))["data"]["id"]
    path = f"/api/v2/app-builder/apps/{id}/deployment"
    assert api.send("POST", path).status == 201
    withdrawn = api.send("DELETE", path).json()["data"]["attributes"]["app_version_id"]
    assert set(withdrawn) == {"0", "-"}


def test_the_scanner_knows_patterns(planted: Api) -> None:
    found = planted.get("/api/v2/sensitive-data-scanner/config/standard-patterns")["data"]
    assert "AWS Access Key ID Scanner" in [item["attributes"]["name"] for item in found]
