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


def test_an_export_of_everything_says_what_no_list_shows(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("export", "--all")
    assert "Without a list, so only what is known already: " in out
    assert "webhook" in out
    assert (desk.folder / "logs_integration_pipeline").is_dir()
