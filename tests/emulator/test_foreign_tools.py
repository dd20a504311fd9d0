"""What other tools than ddconf rely on, each as Datadog's own Terraform provider and clients need it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ddconf.emulator.app import App
from ddconf.emulator.seed import open_organisation, plant
from tests.emulator.conftest import Api

MONITOR = {
    "name": "m",
    "type": "query alert",
    "query": "avg(last_5m):avg:system.cpu.user{env:prod,team:web} by {host} > 90",
    "message": "x",
    "tags": ["service:shop"],
    "options": {"thresholds": {"critical": 90}},
}


@pytest.fixture
def planted(api: Api) -> Api:
    plant(api.app.store)
    return api


@pytest.mark.parametrize(
    ("collection", "body"),
    [("webhooks", {"url": "https://example.com"}), ("custom-variables", {"value": "v", "is_secret": False})],
)
def test_another_name_renames_what_is_known_by_its_name(api: Api, collection: str, body: Any) -> None:
    path = f"/api/v1/integration/webhooks/configuration/{collection}"
    api.post(path, {"name": "OLD", **body})
    api.post(path, {"name": "TAKEN", **body})
    assert api.send("PUT", f"{path}/OLD", {"name": "TAKEN"}).status == 400
    assert api.get(f"{path}/OLD")["name"] == "OLD"
    assert api.put(f"{path}/OLD", {"name": "NEW"})["name"] == "NEW"
    assert api.send("GET", f"{path}/OLD").status == 404
    assert api.get(f"{path}/NEW") == {**api.get(f"{path}/TAKEN"), "name": "NEW"}


def test_a_monitor_tells_its_assets_to_who_asks(api: Api) -> None:
    asset = {"name": "Runbook", "category": "runbook", "url": "/notebook/1", "resource_key": "1"}
    made = api.post("/api/v1/monitor", {**MONITOR, "assets": [asset]})
    own = {"monitor_id": made["id"], "template_variables": {}, "options": {}, "resource_type": None}
    assert made["assets"] == [{**asset, **own}]
    path = f"/api/v1/monitor/{made['id']}"
    assert "assets" not in api.get(path)
    assert api.get(f"{path}?with_assets=true")["assets"] == made["assets"]
    assert api.put(path, {"name": "n"})["assets"] == made["assets"]
    assert api.put(path, {"assets": []})["assets"] == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tags=env:prod", 1),
        ("tags=env:prod,team:web", 1),
        ("tags=env:dev", 0),
        ("tags=service:shop", 0),
        ("monitor_tags=service:shop", 1),
        ("monitor_tags=env:prod", 0),
    ],
)
def test_monitors_are_found_by_their_scope_and_by_their_tags(api: Api, query: str, found: int) -> None:
    api.post("/api/v1/monitor", MONITOR)
    assert len(api.get(f"/api/v1/monitor?{query}")) == found


def test_roles_come_by_name_unless_asked_otherwise(planted: Api) -> None:
    for name in ("zebra", "Ant"):
        planted.post("/api/v2/roles", {"data": {"type": "roles", "attributes": {"name": name}}})

    def names(query: str = "") -> list[str]:
        return [
            item["attributes"]["name"] for item in planted.get(f"/api/v2/roles?page[size]=100{query}")["data"]
        ]

    assert names() == sorted(names())
    assert names("&sort=-name") == sorted(names(), reverse=True)


def test_every_permission_is_there(planted: Api) -> None:
    found = {item["attributes"]["name"]: item for item in planted.get("/api/v2/permissions")["data"]}
    assert len(found) > 300
    assert {item["attributes"]["display_type"] for item in found.values()} == {"read", "write", "other"}
    assert found["monitors_read"]["attributes"]["restricted"]
    assert not found["monitors_write"]["attributes"]["restricted"]


def test_a_restriction_query_without_roles_says_so(planted: Api) -> None:
    body = {"data": {"type": "logs_restriction_queries", "attributes": {"restriction_query": "a"}}}
    path = "/api/v2/logs/config/restriction_queries"
    made = planted.post(path, body)["data"]
    assert planted.get(f"{path}/{made['id']}")["data"]["relationships"] == {"roles": {"data": []}}


def test_the_first_index_has_tags(planted: Api) -> None:
    assert planted.get("/api/v1/logs/config/indexes/main")["tags"] == []


def test_a_private_location_tells_its_number_to_who_asks(api: Api) -> None:
    path = "/api/v1/synthetics/private-locations"
    made = api.post(path, {"name": "Rack 1", "description": "", "tags": [], "metadata": {}})
    location = made["private_location"]
    assert location["id"].startswith("pl:rack-1-")
    assert made["config"]["id"] == location["id"]
    shown = api.get(f"{path}/{location['id']}")
    assert {"createdAt", "createdBy", "modifiedAt"} <= shown.keys()
    assert "pl_id" not in shown
    assert "secrets" not in shown
    assert isinstance(api.get(f"{path}/{location['id']}?include_pl_info=true")["pl_id"], int)


def test_a_policy_that_goes_frees_the_monitor(planted: Api) -> None:
    role = planted.get("/api/v2/roles")["data"][0]["id"]
    monitor = planted.post("/api/v1/monitor", MONITOR)["id"]
    path = f"/api/v2/restriction_policy/monitor:{monitor}"
    bindings = [{"relation": "editor", "principals": [f"role:{role}"]}]
    data = {"id": f"monitor:{monitor}", "type": "restriction_policy", "attributes": {"bindings": bindings}}
    planted.post(path, {"data": data})
    assert planted.get(f"/api/v1/monitor/{monitor}")["restricted_roles"] == [role]
    planted.send("DELETE", path)
    assert planted.get(f"/api/v1/monitor/{monitor}")["restricted_roles"] is None


def test_users_and_roles_agree_both_ways(planted: Api) -> None:
    role = planted.post("/api/v2/roles", {"data": {"type": "roles", "attributes": {"name": "r"}}})["data"][
        "id"
    ]
    link = {"data": [{"type": "roles", "id": role}]}
    attributes = {"email": "a@example.com", "name": "A"}
    data = {"type": "users", "attributes": attributes, "relationships": {"roles": link}}
    user = planted.post("/api/v2/users", {"data": data})["data"]["id"]

    def members() -> list[str]:
        return [item["id"] for item in planted.get(f"/api/v2/roles/{role}/users")["data"]]

    def roles() -> Any:
        return planted.get(f"/api/v2/users/{user}")["data"]["relationships"]["roles"]

    assert (members(), roles()) == ([user], link)
    planted.send("DELETE", f"/api/v2/roles/{role}/users", {"data": {"type": "users", "id": user}})
    assert (members(), roles()) == ([], {"data": []})
    planted.post(f"/api/v2/roles/{role}/users", {"data": {"type": "users", "id": user}})
    assert (members(), roles()) == ([user], link)


def test_ids_may_come_in_quotes(api: Api) -> None:
    config = {"role_name": "r"}
    attributes = {"aws_account_id": "123456789012", "aws_partition": "aws", "auth_config": config}
    path = "/api/v2/integration/aws/accounts"
    made = api.post(path, {"data": {"type": "account", "attributes": attributes}})["data"]["id"]
    assert api.get(f"{path}/%22{made}%22")["data"]["id"] == made


def test_the_keys_of_all_are_listed_without_their_secrets(planted: Api) -> None:
    own = {"name": "mine", "scopes": ["monitors_read"]}
    made = planted.post("/api/v2/current_user/application_keys", _data("application_keys", own))["data"]
    assert made["attributes"]["scopes"] == ["monitors_read"]
    robot = planted.post("/api/v2/service_accounts", _data("users", {"email": "bot@example.com"}))["data"][
        "id"
    ]
    path = f"/api/v2/service_accounts/{robot}/application_keys"
    planted.post(path, _data("application_keys", {"name": "its"}))
    found = planted.get("/api/v2/application_keys")["data"]
    assert [key["attributes"]["name"] for key in found] == ["mine", "its"]
    assert all("key" not in key["attributes"] for key in found)
    assert found[1]["relationships"]["owned_by"]["data"]["id"] == robot
    one = f"/api/v2/application_keys/{made['id']}"
    change = {"data": {"id": made["id"], "type": "application_keys", "attributes": {"name": "renamed"}}}
    assert planted.send("PATCH", one, change).json()["data"]["attributes"]["name"] == "renamed"
    planted.send("DELETE", one)
    assert planted.send("GET", one).status == 404


def _data(type_: str, attributes: Any) -> Any:
    return {"data": {"type": type_, "attributes": attributes}}


def test_a_sandbox_has_rules_of_datadogs_that_only_change(tmp_path: Path) -> None:
    api = Api(App(open_organisation(tmp_path / "organisation.db")))
    rules = [
        rule
        for rule in api.get("/api/v2/security_monitoring/rules?page[size]=100")["data"]
        if rule["isDefault"]
    ]
    assert [rule["name"] for rule in rules if "source:cloudtrail" in rule["tags"] and "brute" in rule["name"]]
    path = f"/api/v2/security_monitoring/rules/{rules[0]['id']}"
    assert not api.put(path, {"isEnabled": False})["isEnabled"]
    assert api.send("DELETE", path).status == 403


@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("GET", "/api/v2/integration/aws/available_namespaces", "namespaces"),
        ("GET", "/api/v2/integration/aws/logs/services", "logs_services"),
        ("GET", "/api/v2/integration/aws/iam_permissions", "permissions"),
        ("POST", "/api/v2/integration/aws/generate_new_external_id", "external_id"),
    ],
)
def test_what_aws_offers_is_told(api: Api, method: str, path: str, field: str) -> None:
    assert api.send(method, path).json()["data"]["attributes"][field]


def test_settings_are_whole_before_anybody_writes_them(api: Api) -> None:
    assert api.get("/api/v2/rum/config")["data"]["attributes"]["enforced_application_tags"] is False
    assert api.get("/api/v2/csm/ownership/settings")["data"]["attributes"]["version"] == 1


def test_users_of_the_first_api_are_those_of_the_second(planted: Api) -> None:
    made = planted.post("/api/v1/user", {"handle": "Ann@example.com", "name": "Ann"})["user"]
    assert made["handle"] == "ann@example.com"
    assert [user["attributes"]["name"] for user in planted.get("/api/v2/users?filter=ann")["data"]] == ["Ann"]
    planted.send("DELETE", "/api/v1/user/ann@example.com")
    assert planted.send("DELETE", "/api/v1/user/ann@example.com").status == 400
    assert planted.get("/api/v2/users?filter=ann")["data"][0]["attributes"]["disabled"]


def test_an_old_downtime_takes_its_scope_as_a_text(api: Api) -> None:
    assert api.post("/api/v1/downtime", {"scope": "env:a,role:b"})["scope"] == ["env:a", "role:b"]


def test_an_event_source_is_known_by_the_name_that_it_has_in_aws(api: Api) -> None:
    path = "/api/v2/integration/aws/event_bridge"
    source = {"account_id": "123456789012", "region": "us-east-1", "event_generator_name": "alerts"}
    name = api.post(path, _data("event_bridge", source))["data"]["attributes"]["event_source_name"]
    assert name.startswith("alerts-")
    assert api.get(path)["data"]["attributes"]["accounts"][0]["event_hubs"][0]["name"] == name
    api.send("DELETE", path, _data("event_bridge", {**source, "event_generator_name": name}))
    assert api.get(path)["data"]["attributes"]["accounts"] == []


def test_an_account_of_aws_lives_in_the_first_api_too(api: Api) -> None:
    path, account = "/api/v1/integration/aws", {"account_id": "123456789012", "role_name": "one"}
    assert api.post(path, account)["external_id"]
    [found] = api.get(f"{path}?account_id=123456789012&role_name=one")["accounts"]
    assert found["metrics_collection_enabled"] is True
    api.put(f"{path}?account_id=123456789012&role_name=one", {**account, "role_name": "two"})
    assert [item["role_name"] for item in api.get(path)["accounts"]] == ["two"]
    api.post(f"{path}/filtering", {"account_id": "1", "namespace": "lambda", "tag_filter_str": "env:prod"})
    [kept] = api.get(f"{path}/filtering?account_id=1")["filters"]
    assert kept == {"namespace": "lambda", "tag_filter_str": "env:prod"}
    api.post(f"{path}/logs", {"account_id": "1", "lambda_arn": "arn:a"})
    api.post(f"{path}/logs/services", {"account_id": "1", "services": ["s3"]})
    assert api.get(f"{path}/logs") == [{"account_id": "1", "lambdas": [{"arn": "arn:a"}], "services": ["s3"]}]
    assert api.send("DELETE", path, {**account, "role_name": "two"}).status == 200
    assert api.get(path)["accounts"] == []


def test_a_project_of_google_lives_in_the_first_api_too(api: Api) -> None:
    path, project = "/api/v1/integration/gcp", {"project_id": "web", "client_email": "a@example.com"}
    api.post(path, {**project, "private_key": "secret"})
    assert api.get(path) == [{"automute": False, "errors": [], "host_filters": "", **project}]
    api.send("DELETE", path, project)
    assert api.get(path) == []


def test_percentiles_of_a_distribution_can_be_switched(api: Api) -> None:
    attributes = {"metric_type": "distribution", "tags": ["env"], "include_percentiles": False}
    data = {"id": "a.b", "type": "manage_tags", "attributes": attributes}
    api.post("/api/v2/metrics/a.b/tags", {"data": data})
    path = "/metric/distribution/summary_aggr/percentiles"
    assert api.send("PATCH", f"{path}/enable", {"metric_names": ["a.b"]}).status == 200
    [summary] = api.get("/metric/distribution/list_summaries")
    assert (summary["metric_name"], summary["include_percentiles"]) == ("a.b", True)
    assert api.send("PATCH", f"{path}/disable", {"metric_names": ["b.c"]}).status == 404
