"""The other products: downtimes, notebooks, synthetics, security rules, the scanner, webhooks."""

from __future__ import annotations

from typing import Any

import pytest

from tests.emulator.conftest import Api


def item(type: str, **attributes: Any) -> dict:
    return {"data": {"type": type, "attributes": attributes}}


def test_a_downtime_is_cancelled_and_stays_readable(api: Api) -> None:
    body = item("downtime", scope="env:a", monitor_identifier={"monitor_tags": ["x"]})
    made = api.post("/api/v2/downtime", body)
    assert made["data"]["attributes"]["notify_end_types"] == ["expired"]
    assert made["data"]["attributes"]["display_timezone"] == "UTC"
    assert made["data"]["attributes"]["status"] == "active"
    assert made["data"]["relationships"]["monitor"] == {"data": None}
    path = f"/api/v2/downtime/{made['data']['id']}"
    assert "relationships" not in api.get(path)["data"]
    assert "relationships" in api.get(f"{path}?include=created_by")["data"]
    assert [api.send("DELETE", path).status for _ in range(2)] == [204, 204]
    assert api.get(path)["data"]["attributes"]["status"] == "canceled"
    assert api.refused("GET", "/api/v2/downtime/odd")[0] == 400
    assert api.refused("PATCH", path, item("downtime", odd=1))[0] == 400


def test_z_comes_back_as_an_offset_and_a_patch_replaces_the_schedule(api: Api) -> None:
    start = {"start": "2050-01-02T03:04:05Z"}
    body = item("downtime", scope="a", monitor_identifier={"monitor_tags": []}, schedule=start, message="m")
    made = api.post("/api/v2/downtime", body)["data"]
    assert made["attributes"]["schedule"] == {"start": "2050-01-02T03:04:05+00:00", "end": None}
    assert made["attributes"]["status"] == "scheduled"
    rule = {"rrule": "FREQ=DAILY", "duration": "1d", "start": "2030-07-13T01:02:03"}
    patch = item("downtime", schedule={"recurrences": [rule], "timezone": "America/New_York"})
    changed = api.patch(f"/api/v2/downtime/{made['id']}", patch)["data"]["attributes"]
    assert changed["message"] == "m"
    assert changed["schedule"]["current_downtime"] == {
        "start": "2030-07-13T05:02:03+00:00",
        "end": "2030-07-14T05:02:03+00:00",
    }


def test_an_old_downtime_has_nulls_and_epoch_seconds(api: Api) -> None:
    made = api.post("/api/v1/downtime", {"scope": ["host:a"], "start": 1, "monitor_tags": ["b", "a"]})
    assert (made["downtime_type"], made["monitor_tags"], made["recurrence"]) == (1, ["a", "b"], None)
    assert api.post("/api/v1/downtime/cancel/by_scope", {"scope": "host:a"}) == {
        "cancelled_ids": [made["id"]]
    }
    assert api.get(f"/api/v1/downtime/{made['id']}")["disabled"] is True
    assert api.refused("POST", "/api/v1/downtime/cancel/by_scope", {"scope": "host:a"})[0] == 404


def test_a_notebooks_cells_get_ids(api: Api) -> None:
    cell = {"type": "notebook_cells", "attributes": {"definition": {"type": "markdown", "text": "t"}}}
    body = item("notebooks", name="n", cells=[cell], time={"live_span": "1h"})
    made = api.post("/api/v1/notebooks", body)["data"]
    assert isinstance(made["id"], int)
    assert len(made["attributes"]["cells"][0]["id"]) == 8
    assert made["attributes"]["metadata"]["is_template"] is False
    page = api.get("/api/v1/notebooks?start=0&count=10")["meta"]["page"]
    assert page == {"total_count": 1, "total_filtered_count": 1}
    assert api.send("DELETE", f"/api/v1/notebooks/{made['id']}").status == 204


TESTS = "/api/v1/synthetics/tests"
API_TEST: dict[str, Any] = {
    "name": "t",
    "type": "api",
    "subtype": "http",
    "config": {"request": {"url": "https://e"}, "assertions": []},
    "options": {"tick_every": 60, "monitor_options": {"renotify_interval": 1}},
    "locations": ["aws:eu-west-3"],
}


def test_a_synthetic_test_reads_unlike_it_writes(api: Api) -> None:
    made = api.post(f"{TESTS}/api", API_TEST)
    assert {"created_by", "modified_by", "org_id", "deleted_at"} <= made.keys()
    assert made["options"]["monitor_options"]["new_host_delay"] == 300
    read = api.get(f"{TESTS}/api/{made['public_id']}")
    assert "creator" in read
    assert "created_by" not in read
    assert api.get(TESTS) == {"tests": [read]}
    deleted = api.post(f"{TESTS}/delete", {"public_ids": [made["public_id"]]})["deleted_tests"]
    assert deleted[0]["public_id"] == made["public_id"]
    assert api.refused("GET", f"{TESTS}/{made['public_id']}")[0] == 404


def test_steps_of_a_browser_test_are_told_in_full_reads_only(api: Api) -> None:
    body = API_TEST | {"type": "browser", "steps": [{"type": "assertCurrentUrl", "name": "s", "params": {}}]}
    made = api.post(f"{TESTS}/browser", body)
    assert made["stepCount"]["assertions"] == 1
    assert made["status"] == "paused"
    assert api.get(f"{TESTS}/browser/{made['public_id']}")["steps"][0]["public_id"]
    assert "steps" not in api.get(f"{TESTS}/{made['public_id']}")


def test_uploads_and_secure_variables_stay_with_the_server(api: Api) -> None:
    config = {
        "request": {
            "certificate": {"key": {"content": "canary", "filename": "k"}},
            "files": [{"name": "f", "content": "canary"}],
        },
        "configVariables": [{"name": "v", "type": "text", "secure": True, "pattern": "canary"}],
        "assertions": [],
    }
    made = api.post(f"{TESTS}/api", API_TEST | {"config": config})
    assert made["config"]["request"]["files"][0]["bucketKey"]
    assert "canary" not in str(api.app.store.snapshot())


def test_a_test_can_be_patched_by_places(api: Api) -> None:
    config = API_TEST["config"] | {"assertions": [{"type": "a"}, {"type": "b"}]}
    made = api.post(f"{TESTS}/api", API_TEST | {"config": config})
    operations = [
        {"op": "replace", "path": "/name", "value": "new"},
        {"op": "remove", "path": "/config/assertions/0"},
    ]
    changed = api.patch(f"{TESTS}/{made['public_id']}", {"data": operations})
    assert (changed["name"], changed["config"]["assertions"]) == ("new", [{"type": "b"}])


def test_a_secure_variable_never_comes_back(api: Api) -> None:
    body = {"name": "V", "description": "", "tags": [], "value": {"secure": True, "value": "canary"}}
    made = api.post("/api/v1/synthetics/variables", body)
    assert made["value"] == {"secure": True}
    assert "creator" not in made
    assert "creator" in api.get(f"/api/v1/synthetics/variables/{made['id']}")
    assert "canary" not in str(api.app.store.snapshot())


RULES = "/api/v2/security_monitoring/rules"
RULE: dict[str, Any] = {
    "name": "r",
    "message": "m",
    "isEnabled": True,
    "options": {"keepAlive": 60, "maxSignalDuration": 600},
    "queries": [{"query": "a", "metrics": []}],
    "cases": [{"status": "info", "condition": "a > 0"}],
    "tags": ["b", "a"],
}


def test_a_rules_version_grows_with_every_put_that_keeps_the_rest(api: Api) -> None:
    made = api.post(RULES, RULE)
    assert made["version"] == 1
    assert made["queries"][0] == {
        "query": "a",
        "groupByFields": [],
        "hasOptionalGroupByFields": False,
        "distinctFields": [],
        "name": "",
        "dataSource": "logs",
    }
    changed = api.put(f"{RULES}/{made['id']}", {"name": "new"})
    assert (changed["version"], changed["message"], changed["name"]) == (2, "m", "new")
    assert "creator" not in changed
    assert "creator" in api.get(f"{RULES}/{made['id']}")
    assert api.get(f"{RULES}?page%5Bsize%5D=5")["meta"]["page"]["total_count"] == 1


@pytest.mark.parametrize(
    "fault",
    [{"queries": [{"query": ""}]}, {"name": None}, {"options": {"keepAlive": 9, "maxSignalDuration": 1}}],
)
def test_a_bad_rule_is_refused_by_the_dry_run(api: Api, fault: dict) -> None:
    assert api.send("POST", f"{RULES}/validation", RULE).status == 204
    if fault != {"name": None}:
        assert api.refused("POST", f"{RULES}/validation", RULE | fault)[0] == 400
    if "options" not in fault:
        assert api.refused("POST", RULES, RULE | fault)[0] == 400


CONFIG = "/api/v2/sensitive-data-scanner/config"


def test_the_scanner_is_one_tree_with_growing_versions(api: Api) -> None:
    groups = [
        api.post(f"{CONFIG}/groups", item("sensitive_data_scanner_group", name=name, is_enabled=True))["data"]
        for name in "ab"
    ]
    rule = item("sensitive_data_scanner_rule", name="r", pattern="x", tags=[])
    rule["data"]["relationships"] = {"group": {"data": {"id": groups[0]["id"], "type": groups[0]["type"]}}}
    made = api.post(f"{CONFIG}/rules", rule)["data"]
    tree = api.get(CONFIG)
    assert [link["id"] for link in tree["data"]["relationships"]["groups"]["data"]] == [
        g["id"] for g in groups
    ]
    assert {included["id"] for included in tree["included"]} == {made["id"], *(g["id"] for g in groups)}
    path = f"{CONFIG}/rules/{made['id']}"
    patch = {"data": {"type": "sensitive_data_scanner_rule", "id": made["id"], "attributes": {"name": "s"}}}
    changed = api.patch(path, patch)
    assert changed["data"] is None
    assert changed["meta"]["version"] > tree["meta"]["version"]
    assert api.delete(f"{CONFIG}/groups/{groups[0]['id']}", {"meta": {}})["data"] is None
    assert [included["id"] for included in api.get(CONFIG)["included"]] == [groups[1]["id"]]


def test_the_order_of_scanner_groups_must_name_them_all(api: Api) -> None:
    groups = [
        api.post(f"{CONFIG}/groups", item("sensitive_data_scanner_group", name=name))["data"] for name in "ab"
    ]
    links = [{"id": group["id"], "type": group["type"]} for group in reversed(groups)]

    def body(data: list) -> dict:
        return {"data": {"type": "c", "relationships": {"groups": {"data": data}}}}

    api.patch(CONFIG, body(links))
    assert api.get(CONFIG)["data"]["relationships"]["groups"]["data"] == links
    assert api.refused("PATCH", CONFIG, body(links[1:]))[0] == 400


def test_a_webhooks_name_is_its_id_and_a_secret_variable_hides(api: Api) -> None:
    root = "/api/v1/integration/webhooks/configuration"
    made = api.post(f"{root}/webhooks", {"name": "w", "url": "https://e"})
    assert made["encode_as"] == "json"
    assert api.put(f"{root}/webhooks/w", {"url": "https://f"})["name"] == "w"
    api.post(f"{root}/custom-variables", {"name": "V", "value": "canary", "is_secret": True})
    assert api.get(f"{root}/custom-variables/V") == {"name": "V", "is_secret": True}
    assert api.delete(f"{root}/webhooks/w") == {}
