"""Whole organisations: rebuilt elsewhere, compared, taken over from Terraform."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.conftest import Desk, another_organisation

SETTINGS = "environments: {staging: {}, prod: {}}\n"


@pytest.fixture
def prod(desk: Desk) -> Iterator[Desk]:
    """A second, empty organisation, reached by `--env prod`; the first is `--env staging`."""
    with another_organisation(desk, "prod") as prod:
        yield prod


def fill(desk: Desk) -> dict[str, Any]:
    """Objects that refer to one another in every way; gives their ids."""
    team = desk.api(
        "POST", "/api/v2/team", {"data": {"type": "team", "attributes": {"name": "Net", "handle": "net"}}}
    )
    team_id = team["data"]["id"]
    link = {"label": "Runbook", "url": "https://example.com"}
    desk.api("POST", f"/api/v2/team/{team_id}/links", {"data": {"type": "team_links", "attributes": link}})
    role = desk.api("POST", "/api/v2/roles", {"data": {"type": "roles", "attributes": {"name": "Night"}}})
    metric = {"type": "query alert", "message": "", "options": {}}
    ids = [
        desk.api(
            "POST",
            "/api/v1/monitor",
            {**metric, "name": f"CPU {n}", "query": f"avg(last_5m):avg:system.cpu.user{{*}} > {90 + n}"},
        )["id"]
        for n in range(2)
    ]
    both = {
        "type": "composite",
        "name": "Both",
        "message": "",
        "options": {},
        "query": f"{ids[0]} && {ids[1]}",
    }
    desk.api("POST", "/api/v1/monitor", both)
    widget = {"definition": {"type": "alert_graph", "alert_id": str(ids[0]), "viz_type": "timeseries"}}
    board = {"title": "Web", "layout_type": "ordered", "widgets": [widget]}
    desk.api("POST", "/api/v1/dashboard", board)
    return {"monitors": ids, "team": team_id, "role": role["data"]["id"]}


def test_an_export_rebuilds_a_second_organisation_by_reference(desk: Desk, prod: Desk) -> None:
    fill(desk)
    desk.write("ddconf.yaml", SETTINGS)
    desk.done("export", "--env", "staging")
    text = (desk.folder / "monitor" / "both.yaml").read_text()
    assert "${monitor.cpu_0} && ${monitor.cpu_1}" in text
    assert (
        "team_id: ${team.net}"
        in (desk.folder / "team_link" / "net_runbook_https_example_com.yaml").read_text()
    )
    desk.done("apply", "--env", "prod", "--auto-approve")
    assert "No changes." in desk.done("plan", "--env", "prod")
    monitors = {item["name"]: item for item in prod.api("GET", "/api/v1/monitor")}
    assert monitors["Both"]["query"] == f"{monitors['CPU 0']['id']} && {monitors['CPU 1']['id']}"
    (board,) = prod.api("GET", "/api/v1/dashboard")["dashboards"]
    (widget,) = prod.api("GET", f"/api/v1/dashboard/{board['id']}")["widgets"]
    assert widget["definition"]["alert_id"] == str(monitors["CPU 0"]["id"])
    assert "No changes." in desk.done("plan", "--env", "staging")


def test_what_is_archived_is_left_in_peace(desk: Desk) -> None:
    for key in ("on", "off"):
        flag = {"key": key, "name": key, "description": "d", "value_type": "BOOLEAN", "variants": []}
        desk.api("POST", "/api/v2/feature-flags", {"data": {"type": "feature-flags", "attributes": flag}})
    ids = {one["attributes"]["key"]: one["id"] for one in desk.api("GET", "/api/v2/feature-flags")["data"]}
    stored = desk.app.store.get("feature_flag", ids["off"])
    assert stored is not None
    archived = stored["attributes"] | {"archived_at": "2026-01-01T00:00:00Z"}
    desk.app.store.put("feature_flag", ids["off"], {**stored, "attributes": archived})
    desk.folder.mkdir(exist_ok=True)
    desk.done("export", "--all")
    assert [file.stem for file in (desk.folder / "feature_flag").iterdir()] == ["on"]


def test_what_there_is_one_of_is_read_without_a_list(desk: Desk) -> None:
    account = {"data": {"type": "rum_config", "attributes": {"enforced_application_tags": True}}}
    desk.api("PATCH", "/api/v2/rum/config", account)
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("export", "--all")
    unlisted = out.partition("Without a list")[2].partition("\n")[0]
    assert "webhook" in unlisted
    assert "rum_config" not in unlisted
    assert (desk.folder / "rum_config" / "main.yaml").exists()


PLAIN = {
    "name": "SHOP",
    "description": "",
    "tags": [],
    "value": {"value": "https://shop.example", "secure": False},
}
HIDDEN = {"name": "TOKEN", "description": "", "tags": [], "value": {"value": "canary", "secure": True}}


def test_a_value_that_its_flag_says_is_no_secret_moves_along(desk: Desk, prod: Desk) -> None:
    variables = "/api/v1/synthetics/variables"
    desk.api("POST", variables, HIDDEN)
    plain = desk.api("POST", variables, PLAIN)["id"]
    hooks = "/api/v1/integration/webhooks/configuration/custom-variables"
    desk.api("POST", hooks, {"name": "HOST", "value": "a.example", "is_secret": False})
    desk.write("ddconf.yaml", SETTINGS)
    desk.done("export", "--env", "staging")
    desk.done("import", "--env", "staging", "webhook_custom_variable.host", "HOST")
    desk.done("apply", "--env", "prod", "--auto-approve")
    moved = {item["name"]: item["value"] for item in prod.api("GET", variables)["variables"]}
    assert moved["SHOP"] == {"value": "https://shop.example", "secure": False}
    assert prod.api("GET", f"{hooks}/HOST")["value"] == "a.example"
    assert "canary" not in "".join(file.read_text() for file in desk.folder.rglob("*.yaml"))
    other = {**PLAIN, "value": {"value": "https://by.hand", "secure": False}}
    desk.api("PUT", f"{variables}/{plain}", other)
    drifted = desk.ddconf("plan", "--env", "staging", "--detailed-exitcode")
    assert drifted.code == 2
    assert '"https://by.hand" -> "https://shop.example"' in drifted.out


def test_two_environments_are_compared_by_address(desk: Desk, prod: Desk) -> None:
    ids = fill(desk)
    desk.write("ddconf.yaml", SETTINGS)
    desk.done("export", "--env", "staging")
    desk.done("apply", "--env", "prod", "--auto-approve")
    assert "staging and prod have the same." in desk.done("diff", "--env", "staging", "--env", "prod")
    desk.api("PUT", f"/api/v1/monitor/{ids['monitors'][0]}", {"message": "by hand"})
    ran = desk.ddconf("diff", "--env", "staging", "--env", "prod", "--detailed-exitcode")
    assert ran.code == 2
    assert "~ monitor.cpu_0" in ran.out and 'staging: "by hand"' in ran.out
    shown = json.loads(desk.done("diff", "--env", "staging", "--env", "prod", "--format", "json"))
    assert [item["address"] for item in shown] == ["monitor.cpu_0"]


def test_what_one_state_does_not_name_is_paired_by_its_name(desk: Desk, prod: Desk) -> None:
    query = "avg(last_5m):avg:system.cpu.user{*} > 90"
    monitor = {"name": "CPU", "type": "query alert", "query": query, "message": "hot"}
    prod.api("POST", "/api/v1/monitor", {**monitor, "message": "by hand"})
    desk.write("ddconf.yaml", SETTINGS)
    desk.write("all.yaml", json.dumps({"monitor": {"cpu": monitor}}))
    desk.done("apply", "--env", "staging", "--auto-approve")
    (shown,) = json.loads(desk.done("diff", "--env", "staging", "--env", "prod", "--format", "json"))
    assert (shown["address"], shown["only_in"]) == ("monitor.cpu", "")
    assert shown["fields"] == [{"path": "message", "first": "hot", "second": "by hand"}]


def test_what_terraform_manages_is_taken_over_under_its_names(desk: Desk) -> None:
    ids = fill(desk)
    desk.folder.mkdir(exist_ok=True)

    def resource(address: str, id_: object) -> dict[str, Any]:
        type_ = address.split(".")[-2]
        return {"address": address, "mode": "managed", "type": type_, "values": {"id": str(id_)}}

    state = {
        "values": {
            "root_module": {
                "resources": [
                    resource("datadog_monitor.cpu_high", ids["monitors"][0]),
                    resource("datadog_team.net", ids["team"]),
                    resource("datadog_cloud_inventory_sync_config.x", "1"),
                ],
                "child_modules": [
                    {"resources": [resource("module.web.datadog_monitor.cpu", ids["monitors"][1])]}
                ],
            }
        }
    }
    file = desk.folder / "terraform.json.txt"
    file.write_text(json.dumps(state))
    out = desk.ddconf("adopt", "--from-terraform", str(file))
    assert out.code == 0, out.out + out.err
    assert "datadog_cloud_inventory_sync_config.x: no kind is as" in out.err
    assert (desk.folder / "monitor" / "cpu_high.yaml").exists()
    assert (desk.folder / "monitor" / "web_cpu.yaml").exists()
    assert "The plan of what was exported is empty." in out.out
    assert "No changes." in desk.done("plan")


def test_a_resource_that_may_be_of_several_kinds_is_taken_over_as_what_it_is(desk: Desk) -> None:
    desk.folder.mkdir(exist_ok=True)
    test = {
        "name": "api",
        "type": "api",
        "subtype": "http",
        "config": {"request": {"method": "GET", "url": "https://example.com"}, "assertions": []},
        "locations": ["aws:eu-west-1"],
        "options": {"tick_every": 60},
        "message": "down",
    }
    made = desk.api("POST", "/api/v1/synthetics/tests/api", test)
    resource = {
        "address": "datadog_synthetics_test.api",
        "mode": "managed",
        "type": "datadog_synthetics_test",
        "values": {"id": made["public_id"]},
    }
    file = desk.folder / "terraform.json.txt"
    file.write_text(json.dumps({"values": {"root_module": {"resources": [resource]}}}))
    out = desk.done("adopt", "--from-terraform", str(file))
    assert (desk.folder / "synthetics_api_test" / "api.yaml").exists(), out
    assert [folder.name for folder in desk.folder.iterdir() if folder.name.startswith("synthetics")] == [
        "synthetics_api_test"
    ]
    assert "No changes." in desk.done("plan")


def test_memberships_orders_and_what_has_no_list_are_taken_over_too(desk: Desk) -> None:
    ids = fill(desk)
    user = desk.api("GET", "/api/v2/current_user")["data"]["id"]
    link = {"data": {"type": "users", "id": user}}
    desk.api("POST", f"/api/v2/roles/{ids['role']}/users", link)
    webhooks = "/api/v1/integration/webhooks/configuration/webhooks"
    desk.api("POST", webhooks, {"name": "pager", "url": "https://example.com"})
    own = {"name": "web", "is_enabled": True, "filter": {"query": "source:web"}, "processors": []}
    pipeline = desk.api("POST", "/api/v1/logs/config/pipelines", own)["id"]
    team_links = desk.api("GET", f"/api/v2/team/{ids['team']}/links")["data"]

    def resource(address: str, id_: str) -> dict[str, Any]:
        return {
            "address": address,
            "mode": "managed",
            "type": address.split(".")[0],
            "values": {"id": id_},
        }

    resources = [
        resource("datadog_role.night", ids["role"]),
        resource("datadog_user_role.me", f"{ids['role']}:{user}"),
        resource("datadog_team.net", ids["team"]),
        resource("datadog_team_link.runbook", f"{ids['team']}:{team_links[0]['id']}"),
        resource("datadog_webhook.pager", "pager"),
        resource("datadog_logs_custom_pipeline.web", pipeline),
        resource("datadog_logs_pipeline_order.order", "order"),
        resource("datadog_monitor.gone", "123456789"),
    ]
    desk.folder.mkdir(exist_ok=True)
    file = desk.folder / "terraform.json.txt"
    file.write_text(
        json.dumps({"format_version": "1.0", "values": {"root_module": {"resources": resources}}})
    )
    ran = desk.ddconf("adopt", "--from-terraform", str(file))
    assert ran.code == 1
    assert "error: datadog_monitor.gone: it is not there, or nobody may change it" in ran.err
    assert "Of 8 resources in Terraform, 7 are taken over." in ran.out
    written = {f"{file.parent.name}.{file.stem}" for file in desk.folder.glob("*/*.yaml")}
    assert written == {
        "role.night",
        "user_role.me",
        "team.net",
        "team_link.runbook",
        "webhook.pager",
        "logs_custom_pipeline.web",
        "logs_pipeline_order.order",
    }
    assert "role_id: ${role.night}" in (desk.folder / "user_role" / "me.yaml").read_text()
    assert "${logs_custom_pipeline.web}" in (desk.folder / "logs_pipeline_order" / "order.yaml").read_text()
    assert "No changes." in desk.done("plan")


def test_an_export_of_everything_says_what_no_list_shows(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("export", "--all")
    assert "Without a list, so only what is known already: " in out
    assert "webhook" in out


def test_what_belongs_to_datadog_is_left_out_and_counted_by_rule(desk: Desk) -> None:
    test = {
        "name": "Home",
        "type": "api",
        "subtype": "http",
        "config": {"request": {"method": "GET", "url": "https://example.com"}, "assertions": []},
        "locations": ["aws:eu-west-1"],
        "options": {"tick_every": 60},
        "message": "down",
    }
    made = desk.api("POST", "/api/v1/synthetics/tests/api", test)
    desk.app.store.put("monitor", str(made["monitor_id"]), synthetic_monitor(made))
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("export", "--all")
    left_out = out.partition("Left out:\n")[2].splitlines()
    counts = dict(line.strip().partition(": ")[::2] for line in left_out if line.startswith("  "))
    assert counts["1 monitor"] == 'type is "synthetics alert"'
    assert counts["3 logs_integration_pipeline"].startswith("integration pipelines may be read-only")
    assert counts["3 role"].startswith('name is "Datadog Admin Role" or ')
    assert not (desk.folder / "logs_integration_pipeline").exists()
    assert not (desk.folder / "monitor").exists()
    assert "Not exported, since `allow_writes:` in ddconf.yaml does not name them: " in out
    desk.write("ddconf.yaml", "allow_writes: [logs_integration_pipeline]\n")
    desk.done("export", "--all")
    assert len(list((desk.folder / "logs_integration_pipeline").iterdir())) == 3


def test_a_kind_that_may_be_written_is_not_left_out_where_it_is_only_referred_to(desk: Desk) -> None:
    desk.folder.mkdir(exist_ok=True)
    only_the_order = ("export", "--kind", "logs_pipeline_order")
    assert "logs_integration_pipeline: integration pipelines may be read-only" in desk.done(*only_the_order)
    desk.write("ddconf.yaml", "allow_writes: [logs_integration_pipeline]\n")
    assert "logs_integration_pipeline: integration pipelines may be read-only" not in desk.done(
        *only_the_order
    )


def synthetic_monitor(test: dict[str, Any]) -> dict[str, Any]:
    """The monitor that comes along with a test."""
    return {
        "id": test["monitor_id"],
        "name": test["name"],
        "type": "synthetics alert",
        "query": "no_query",
        "message": "",
        "options": {},
        "tags": [],
    }


def test_an_objective_over_a_tests_own_monitor_is_rebuilt(desk: Desk, prod: Desk) -> None:
    test = {
        "name": "Home",
        "type": "api",
        "subtype": "http",
        "config": {"request": {"method": "GET", "url": "https://example.com"}, "assertions": []},
        "locations": ["aws:eu-west-1"],
        "options": {"tick_every": 60},
        "message": "down",
    }
    made = desk.api("POST", "/api/v1/synthetics/tests/api", test)
    desk.app.store.put("monitor", str(made["monitor_id"]), synthetic_monitor(made))
    target = {"name": "Up", "type": "monitor", "thresholds": [{"timeframe": "30d", "target": 99.0}]}
    desk.api("POST", "/api/v1/slo", {**target, "monitor_ids": [made["monitor_id"]]})
    desk.write("ddconf.yaml", SETTINGS)
    desk.done("export", "--env", "staging")
    text = (desk.folder / "service_level_objective" / "up.yaml").read_text()
    assert "${synthetics_api_test.home.monitor_id}" in text
    desk.done("apply", "--env", "prod", "--auto-approve")
    (moved,) = prod.api("GET", "/api/v1/synthetics/tests")["tests"]
    (objective,) = prod.api("GET", "/api/v1/slo")["data"]
    assert objective["monitor_ids"] == [moved["monitor_id"]] != [made["monitor_id"]]
    assert "No changes." in desk.done("plan", "--env", "prod")


CIRCLE = """\
monitor:
  burn:
    name: Burn
    type: slo alert
    query: 'burn_rate("${service_level_objective.up}").over("7d").long_window("1h").short_window("5m") > 1'
service_level_objective:
  up:
    name: Up
    type: monitor
    monitor_ids: ["${monitor.burn}"]
    thresholds: [{timeframe: 30d, target: 99.0}]
"""


def test_references_in_a_circle_are_refused_with_their_way(desk: Desk) -> None:
    desk.write("circle.yaml", CIRCLE)
    for words in (("validate",), ("apply", "--auto-approve")):
        ran = desk.ddconf(*words)
        way = "monitor.burn -> service_level_objective.up -> monitor.burn"
        assert (ran.code, f"the references go in a circle: {way}" in ran.err) == (1, True)


def test_a_chain_of_monitors_and_objectives_is_no_circle(desk: Desk) -> None:
    desk.write(
        "chain.yaml",
        CIRCLE.replace("${monitor.burn}", "${monitor.base}")
        + "---\nmonitor: {base: {name: B, type: query alert, query: 'avg(last_5m):avg:a{*} > 1'}}\n",
    )
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")


def test_an_export_says_which_reference_of_a_circle_stays_an_id(desk: Desk) -> None:
    metric = {"name": "Burn", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "message": ""}
    monitor = desk.api("POST", "/api/v1/monitor", metric)["id"]
    target = {"name": "Up", "type": "monitor", "thresholds": [{"timeframe": "30d", "target": 99.0}]}
    (slo,) = desk.api("POST", "/api/v1/slo", {**target, "monitor_ids": [monitor]})["data"]
    stored = desk.app.store.get("monitor", str(monitor))
    assert stored is not None
    query = f'burn_rate("{slo["id"]}").over("7d").long_window("1h").short_window("5m") > 1'
    desk.app.store.put("monitor", str(monitor), {**stored, "type": "slo alert", "query": query})
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("export")
    assert " keeps the id of " in out and "since their references would go in a circle" in out
    assert "No changes." in desk.done("plan")
