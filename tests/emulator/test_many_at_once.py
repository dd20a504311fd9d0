"""Calls about many objects, or about one beside its own document: searches, bulk writes, runs, versions."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest

from tests.emulator.conftest import Api

RULES = "/api/v2/security_monitoring/rules"
TESTS = "/api/v1/synthetics/tests"
V2 = "/api/v2/synthetics/tests"


def monitor(name: str, **more: Any) -> dict[str, Any]:
    query = "avg(last_5m):avg:system.load.1{env:a} > 1"
    return {"name": name, "type": "metric alert", "query": query, "message": "m @me@x.org", "tags": []} | more


def slo(name: str, **more: Any) -> dict[str, Any]:
    query = {"numerator": "sum:a{*}.as_count()", "denominator": "sum:b{*}.as_count()"}
    thresholds = [{"timeframe": "7d", "target": 95}, {"timeframe": "30d", "target": 99.5, "warning": 99.9}]
    return {"name": name, "type": "metric", "query": query, "thresholds": thresholds} | more


def rule(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "message": "m",
        "isEnabled": True,
        "type": "log_detection",
        "options": {"keepAlive": 3600, "maxSignalDuration": 86400},
        "queries": [{"query": "source:nginx"}],
        "cases": [{"status": "info", "condition": "a > 0"}],
    }


def api_test(name: str, **more: Any) -> dict[str, Any]:
    config = {"request": {"url": "https://x.org", "method": "GET"}, "assertions": []}
    return {
        "name": name,
        "type": "api",
        "subtype": "http",
        "config": config,
        "options": {"tick_every": 60},
        "locations": ["aws:us-east-2"],
        "tags": ["t:1"],
    } | more


def test_monitors_are_searched_and_counted(api: Api) -> None:
    first = api.post("/api/v1/monitor", monitor("disk", tags=["team:a"]))
    api.post("/api/v1/monitor", monitor("load"))
    found = api.get("/api/v1/monitor/search?query=disk%20tag:team:a%20type:metric%20status:%22No%20Data%22")
    assert [hit["id"] for hit in found["monitors"]] == [first["id"]]
    assert found["monitors"][0]["notifications"] == [{"handle": "me@x.org", "name": "me@x.org"}]
    every = api.get("/api/v1/monitor/search?per_page=1&page=1")
    assert every["metadata"] == {"total_count": 2, "page": 1, "per_page": 1, "page_count": 2}
    assert every["counts"]["status"] == [{"name": "No Data", "count": 2}]
    assert every["counts"]["muted"] == [{"name": False, "count": 2}]
    assert api.get("/api/v1/monitor/groups/search")["groups"] == []
    assert api.refused("GET", "/api/v1/monitor/search?query=status:odd")[0] == 400


def test_the_downtimes_of_a_monitor_and_of_all_of_them(api: Api) -> None:
    one, other = (api.post("/api/v1/monitor", monitor(name))["id"] for name in ("a", "b"))
    mine = api.post("/api/v1/downtime", {"monitor_id": one, "scope": ["*"]})["id"]
    everybody = api.post("/api/v1/downtime", {"scope": ["*"]})["id"]
    assert [item["id"] for item in api.get(f"/api/v1/monitor/{one}/downtimes")] == [mine, everybody]
    assert [item["id"] for item in api.get(f"/api/v1/monitor/{other}/downtimes")] == [everybody]
    matching = api.get(f"/api/v1/monitor/{one}?with_downtimes=true")["matching_downtimes"]
    assert [item["groups"] for item in matching] == [["total"], []]
    assert api.get(f"/api/v1/monitor/{one}")["options"]["silenced"] == {"*": None}
    assert api.get(f"/api/v1/monitor/{other}")["options"]["silenced"] == {}
    assert api.refused("GET", "/api/v1/monitor/5/downtimes")[0] == 404


def test_slos_are_searched(api: Api) -> None:
    id = api.post("/api/v1/slo", slo("one of two", tags=["team:a", "env:b"]))["data"][0]["id"]
    api.post("/api/v1/slo", slo("other"))
    answer = api.get("/api/v1/slo/search?query=one&include_facets=true")
    (hit,) = answer["data"]["attributes"]["slos"]
    assert (hit["data"]["id"], hit["data"]["attributes"]["team_tags"]) == (id, ["team:a"])
    assert hit["data"]["attributes"]["overall_status"][1]["target"] == 99.5
    assert answer["data"]["attributes"]["facets"]["env_tags"] == [{"name": "env:b", "count": 1}]
    assert answer["meta"]["pagination"]["total"] == 1


def test_slos_lose_timeframes_or_go(api: Api) -> None:
    id = api.post("/api/v1/slo", slo("s"))["data"][0]["id"]
    assert api.get(f"/api/v1/slo/can_delete?ids={id}") == {"data": {"ok": [id]}}
    alert = monitor("watch", type="slo alert", query=f'error_budget("{id}").over("7d") > 75')
    watcher = api.post("/api/v1/monitor", alert)
    assert api.refused("GET", f"/api/v1/slo/can_delete?ids={id}")[0] == 409
    api.delete(f"/api/v1/monitor/{watcher['id']}")
    changed = api.post("/api/v1/slo/bulk_delete", {id: ["7d"]})
    assert changed == {"data": {"deleted": [], "updated": [id]}, "errors": []}
    assert [item["timeframe"] for item in api.get(f"/api/v1/slo/{id}")["data"]["thresholds"]] == ["30d"]
    gone = api.post("/api/v1/slo/bulk_delete", {id: ["30d"], "none": ["7d"]})
    assert (gone["data"]["deleted"], gone["errors"][0]["id"]) == ([id], "none")


def test_what_an_slo_accounts_for(api: Api) -> None:
    id = api.post("/api/v1/slo", slo("s"))["data"][0]["id"]
    history = api.get(f"/api/v1/slo/{id}/history?from_ts=1&to_ts=9")["data"]
    assert (history["type_id"], history["thresholds"]["7d"]["target"]) == (1, 95.0)
    assert api.refused("GET", f"/api/v1/slo/{id}/history")[0] == 400
    assert api.get(f"/api/v2/slo/{id}/status?from_ts=1&to_ts=2")["data"]["attributes"]["state"] == "no_data"
    order = {"data": {"attributes": {"query": "x", "from_ts": 1, "to_ts": 2}}}
    report = api.post("/api/v2/slo/report", order)["data"]["id"]
    assert api.get(f"/api/v2/slo/report/{report}/status")["data"]["attributes"] == {"status": "completed"}
    assert api.send("GET", f"/api/v2/slo/report/{report}/download").body.startswith(b"slo_id")
    assert api.refused("GET", "/api/v2/slo/report/none/status")[0] == 404


def test_a_synthetic_test_has_a_monitor_of_its_own(api: Api) -> None:
    options = {"tick_every": 60, "monitor_priority": 2, "monitor_options": {"renotify_interval": 5}}
    test = api.post(f"{TESTS}/api", api_test("t", options=options))
    seen = api.get(f"/api/v1/monitor/{test['monitor_id']}")
    assert (seen["type"], seen["name"], seen["priority"]) == ("synthetics alert", "[Synthetics] t", 2)
    assert seen["options"]["synthetics_check_id"] == test["public_id"]
    assert seen["options"]["renotify_interval"] == 5
    expected = ["t:1", "probe_dc:aws:us-east-2", "check_type:api", "check_status:live"]
    assert seen["tags"] == [*expected, "ci_execution_rule:blocking"]
    api.put(f"{TESTS}/{test['public_id']}/status", {"new_status": "paused"})
    assert "check_status:paused" in api.get(f"/api/v1/monitor/{test['monitor_id']}")["tags"]
    api.post(f"{V2}/bulk-delete", {"data": {"attributes": {"public_ids": [test["public_id"]]}}})
    assert api.refused("GET", f"/api/v1/monitor/{test['monitor_id']}")[0] == 404
    assert api.refused("GET", f"{TESTS}/{test['public_id']}")[0] == 404


def test_steps_are_counted_by_what_they_do(api: Api) -> None:
    kinds = ("assertCurrentUrl", "assertRequests", "playSubTest", "click")
    steps = [{"type": kind, "name": kind, "params": {}} for kind in kinds]
    browser = api_test("b", type="browser", steps=steps)
    made = api.post(f"{TESTS}/browser", browser)
    assert made["stepCount"] == {"assertions": 1, "subtests": 1, "total": 3}
    without = {key: value for key, value in browser.items() if key != "steps"}
    assert api.put(f"{TESTS}/browser/{made['public_id']}", without)["steps"] == []


def test_an_update_tells_the_tests_that_a_multistep_test_plays(api: Api) -> None:
    child = api.post(f"{TESTS}/api", api_test("child"))["public_id"]
    config = {"steps": [{"name": "s", "subtype": "playSubTest", "subtestPublicId": child}]}
    parent = api_test("parent", subtype="multi", config=config)
    id = api.post(f"{TESTS}/api", parent)["public_id"]
    assert api.put(f"{TESTS}/api/{id}", parent)["config"]["steps"][0]["subtest"]["public_id"] == child
    assert "subtest" not in api.get(f"{TESTS}/{id}")["config"]["steps"][0]
    root = "/api/v2/synthetics/api-multistep/subtests"
    assert api.get(f"{root}/{id}")["data"][0]["id"] == child
    assert api.get(f"{root}/{child}/parents")["data"][0]["attributes"]["child_public_id"] == child


def test_runs_are_named_and_gathered(api: Api) -> None:
    id = api.post(f"{TESTS}/api", api_test("t"))["public_id"]
    run = api.post(f"{TESTS}/trigger", {"tests": [{"public_id": id}]})
    assert run["locations"][0]["display_name"] == "Ohio (AWS)"
    assert run["results"][0]["location"] == run["locations"][0]["id"]
    batch = api.post(f"{TESTS}/trigger/ci", {"tests": [{"public_id": id}]})["batch_id"]
    assert api.get(f"/api/v1/synthetics/ci/batch/{batch}")["data"]["results"][0]["test_public_id"] == id
    assert api.get(f"{TESTS}/{id}/results")["results"] == []
    assert api.get(f"{V2}/{id}/results") == {"data": []}
    assert api.refused("GET", f"{TESTS}/{id}/results/1")[0] == 404
    assert api.refused("GET", f"{TESTS}/abc-abc-abc/results")[0] == 404
    assert api.refused("POST", f"{TESTS}/trigger", {"tests": [{"public_id": "none"}]})[0] == 404
    period = {"from_ts": 1, "to_ts": 2, "public_ids": [id, "none"]}
    assert [item["public_id"] for item in api.post(f"{TESTS}/uptimes", period)] == [id]


def test_tests_are_searched_and_suites_know_theirs(api: Api) -> None:
    id = api.post(f"{TESTS}/api", api_test("needle"))["public_id"]
    assert [test["public_id"] for test in api.get(f"{TESTS}/search?text=needle")["tests"]] == [id]
    suite = {"name": "s", "type": "suite", "tests": [{"public_id": id}], "options": {}}
    made = api.post("/api/v2/synthetics/suites", {"data": {"type": "suites", "attributes": suite}})["data"]
    assert api.get(f"{V2}/{id}/parent-suites")["data"][0]["id"] == made["id"]
    (hit,) = api.get("/api/v2/synthetics/suites/search")["data"]["attributes"]["suites"]
    assert (hit["public_id"], hit["monitor_name"]) == (made["id"], "[Synthetics] s")
    history = api.get(f"{V2}/{id}/version_history")["data"]
    assert [item["attributes"]["version_number"] for item in history] == [1]
    assert api.get(f"{V2}/{id}/version_history/1")["data"]["attributes"]["payload"]["name"] == "needle"
    assert api.refused("GET", f"{V2}/{id}/version_history/7")[0] == 404


def patch(*operations: dict[str, Any]) -> dict[str, Any]:
    return {"data": {"attributes": {"json_patch": list(operations)}}}


def test_a_json_patch_changes_named_places(api: Api) -> None:
    suite = {"name": "s", "type": "suite", "tests": [], "options": {}, "tags": ["a", "b"]}
    made = api.post("/api/v2/synthetics/suites", {"data": {"type": "suites", "attributes": suite}})["data"]
    path = f"/api/v2/synthetics/suites/{made['id']}/jsonpatch"
    changed = api.patch(
        path,
        patch(
            {"op": "test", "path": "/name", "value": "s"},
            {"op": "replace", "path": "/name", "value": "new"},
            {"op": "add", "path": "/tags/-", "value": "c"},
            {"op": "move", "from": "/tags/2", "path": "/tags/0"},
            {"op": "copy", "from": "/name", "path": "/message"},
            {"op": "remove", "path": "/tags/1"},
        ),
    )["data"]["attributes"]
    assert (changed["name"], changed["message"], changed["tags"]) == ("new", "new", ["c", "b"])
    for wrong in (
        {"op": "replace", "path": "/none", "value": 1},
        {"op": "test", "path": "/name", "value": "s"},
        {"op": "remove", "path": "/tags/9"},
        {"op": "odd", "path": "/name"},
    ):
        assert api.refused("PATCH", path, patch(wrong))[0] == 400, wrong
    assert api.get(f"/api/v2/synthetics/suites/{made['id']}")["data"]["attributes"]["version"] == 2


def test_every_version_of_a_rule_stays_known(api: Api) -> None:
    id = api.post(RULES, rule("first"))["id"]
    api.put(f"{RULES}/{id}", rule("second"))
    history = api.get(f"{RULES}/{id}/version_history")["data"]["attributes"]
    assert [(number, item["rule"]["name"]) for number, item in history["data"].items()] == [
        ("2", "second"),
        ("1", "first"),
    ]
    restored = api.post(f"{RULES}/{id}/restore/1", None)
    assert (restored["name"], restored["version"]) == ("first", 3)
    assert api.refused("POST", f"{RULES}/{id}/restore/9")[0] == 404


def test_rules_as_files_and_many_at_once(api: Api) -> None:
    ids = [api.post(RULES, rule(name))["id"] for name in ("one", "two")]
    named = {"data": {"attributes": {"ruleIds": ids}}}
    answer = api.send("POST", f"{RULES}/bulk_export", named)
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        content = json.loads(archive.read("one.json"))
    assert "id" not in content
    assert api.post(RULES, content | {"name": "again"})["queries"] == content["queries"]
    text = api.get(f"{RULES}/{ids[0]}/convert")["terraformContent"]
    assert "query {\n\t\t" in text
    assert "\tkeep_alive = 3600" in text.replace("\t\t", "\t")
    deleted = api.delete(f"{RULES}/bulk_delete", {"data": {"attributes": {"ruleIds": [*ids, "none"]}}})
    assert deleted["data"]["attributes"] == {"deletedRules": ids, "failedRules": ["none"]}
    assert api.refused("POST", f"{RULES}/bulk_export", named)[0] == 404


@pytest.mark.parametrize(("source", "expected", "result"), [("nginx", True, True), ("x", True, False)])
def test_a_rule_is_tried_on_a_sample(api: Api, source: str, expected: bool, result: bool) -> None:
    sample = {"index": 0, "expectedResult": expected, "payload": {"ddsource": source, "message": "m"}}
    body = {"rule": rule("r"), "ruleQueryPayloads": [sample]}
    assert api.post(f"{RULES}/test", body) == {"results": [result]}
    id = api.post(RULES, rule("r"))["id"]
    assert api.post(f"{RULES}/{id}/test", body) == {"results": [result]}


def test_a_clone_needs_a_new_name_and_a_permission_must_exist(api: Api) -> None:
    def body(name: str) -> dict[str, Any]:
        return {"data": {"type": "roles", "attributes": {"name": name}}}

    id = api.post("/api/v2/roles", body("a"))["data"]["id"]
    assert api.refused("POST", f"/api/v2/roles/{id}/clone", body("a"))[0] == 409
    assert api.post(f"/api/v2/roles/{id}/clone", body("b"))["data"]["attributes"]["name"] == "b"
    assert [item["id"] for item in api.get(f"/api/v2/roles?filter%5Bid%5D={id}")["data"]] == [id]
    unknown = {"data": {"type": "permissions", "id": "none"}}
    assert api.refused("POST", f"/api/v2/roles/{id}/permissions", unknown)[0] == 404
    assert len(api.get("/api/v2/roles/templates")["data"]) == 3


def test_only_the_fields_asked_for(api: Api) -> None:
    team = {"data": {"type": "team", "attributes": {"name": "n", "handle": "h"}}}
    id = api.post("/api/v2/team", team)["data"]["id"]
    (shown,) = api.get("/api/v2/team?fields%5Bteam%5D=id,name")["data"]
    assert shown == {"id": id, "type": "team", "attributes": {"name": "n"}}
    assert api.get(f"/api/v2/team/{id}?fields%5Bteam%5D=handle")["data"]["attributes"] == {"handle": "h"}


def test_teams_below_a_team(api: Api) -> None:
    def team(name: str) -> str:
        body = {"data": {"type": "team", "attributes": {"name": name, "handle": name}}}
        return str(api.post("/api/v2/team", body)["data"]["id"])

    above, below = team("above"), team("below")
    path = f"/api/v2/team/{above}/member_teams"
    assert api.send("POST", path, {"data": {"type": "member_teams", "id": below}}).status == 204
    assert [item["id"] for item in api.get(path)["data"]] == [below]
    links = api.get(f"/api/v2/team-hierarchy-links?filter%5Bparent_team%5D={above}")["data"]
    assert len(links) == 1
    assert api.get(f"/api/v2/team-hierarchy-links?filter%5Bparent_team%5D={below}")["data"] == []
    assert api.send("DELETE", f"{path}/{below}").status == 204
    assert api.refused("DELETE", f"{path}/{below}")[0] == 404


def test_the_queries_of_a_user_are_those_of_their_roles(api: Api) -> None:
    user = {"data": {"type": "users", "attributes": {"email": "a@b.c"}}}
    person = api.post("/api/v2/users", user)["data"]["id"]
    role = {"data": {"type": "roles", "attributes": {"name": "r"}}}
    id = api.post("/api/v2/roles", role)["data"]["id"]
    root = "/api/v2/logs/config/restriction_queries"
    body = {"data": {"type": "logs_restriction_queries", "attributes": {"restriction_query": "env:a"}}}
    query = api.post(root, body)["data"]["id"]
    api.post(f"{root}/{query}/roles", {"data": {"type": "roles", "id": id}})
    assert api.get(f"{root}/user/{person}")["data"] == []
    api.post(f"/api/v2/roles/{id}/users", {"data": {"type": "users", "id": person}})
    assert [item["id"] for item in api.get(f"{root}/user/{person}")["data"]] == [query]
    assert api.refused("GET", f"{root}/user/none")[0] == 404
