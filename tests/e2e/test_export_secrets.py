"""The value of a secret never reaches a file of an export."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.e2e.conftest import Desk

VALUE = 'canary-7"<b>/ä\\z'
MONITOR = {
    "name": "CPU",
    "type": "metric alert",
    "query": "avg(last_5m):avg:system.cpu.user{*} > 90",
    "message": "call ${secret.CANARY} now",
    "options": {"thresholds": {"critical": 90}},
}


@pytest.fixture
def canary(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DDCONF_SECRET_CANARY", VALUE)
    return VALUE


def monitor(desk: Desk) -> dict[str, Any]:
    (found,) = desk.api("GET", "/api/v1/monitor")
    return dict(found)


def all_texts(desk: Desk) -> str:
    return "".join(file.read_text("utf-8") for file in desk.folder.rglob("*") if file.is_file())


def test_a_text_edited_around_a_secret_keeps_its_reference(desk: Desk, canary: str) -> None:
    file = desk.write("all.json", json.dumps({"monitor": {"cpu": MONITOR}}))
    desk.done("apply", "--auto-approve")
    live = monitor(desk)
    assert canary in live["message"]
    desk.api("PUT", f"/api/v1/monitor/{live['id']}", {**live, "message": f"please call {canary} at once"})
    desk.done("export", "--kind", "monitor")
    written = json.loads(file.read_text("utf-8"))["monitor"]["cpu"]
    assert written["message"] == "please call ${secret.CANARY} at once"
    assert "canary-7" not in all_texts(desk)
    assert "No changes." in desk.done("plan")


@pytest.mark.parametrize("spelt", [VALUE, json.dumps(VALUE)[1:-1]], ids=["verbatim", "in JSON"])
def test_a_value_without_a_reference_is_refused_with_its_place(desk: Desk, canary: str, spelt: str) -> None:
    plain = {**MONITOR, "message": "call somebody"}
    desk.write("all.json", json.dumps({"monitor": {"cpu": plain}}))
    desk.done("apply", "--auto-approve")
    live = monitor(desk)
    desk.api("PUT", f"/api/v1/monitor/{live['id']}", {**live, "message": f"call {spelt}"})
    ran = desk.ddconf("export", "--kind", "monitor")
    assert ran.code == 1
    assert "monitor.cpu was not written: message holds the value of the secret 'CANARY'" in ran.err
    assert "canary-7" not in all_texts(desk) + ran.out + ran.err


def test_a_new_object_that_holds_it_is_refused_and_the_others_are_written(desk: Desk, canary: str) -> None:
    desk.write("ddconf.yaml", "{}\n")
    options = {"type": "metric alert", "query": MONITOR["query"]}
    made = desk.api("POST", "/api/v1/monitor", {**options, "name": "Bad", "message": f"x {canary}"})
    desk.api("POST", "/api/v1/monitor", {**options, "name": "Good", "message": "x"})
    slo = {"name": "Up", "type": "monitor", "monitor_ids": [made["id"]]}
    slo["thresholds"] = [{"timeframe": "30d", "target": 99.9}]
    desk.api("POST", "/api/v1/slo", slo)
    ran = desk.ddconf("export", "--kind", "monitor", "--kind", "service_level_objective")
    assert ran.code == 1 and "monitor.bad was not written" in ran.err, ran.err
    assert (desk.folder / "monitor" / "good.yaml").exists()
    assert str(made["id"]) in (desk.folder / "service_level_objective" / "up.yaml").read_text()
    assert "canary-7" not in all_texts(desk)
    assert "No changes." in desk.done("plan")


def test_numbers_and_variables_of_an_edited_query_keep_their_spelling(desk: Desk) -> None:
    desk.write("ddconf.yaml", "variables: {env: prod}\n")
    query = "avg(last_5m):avg:system.cpu.user{env:${var.env}} > 90"
    plain = {**MONITOR, "message": "x", "query": query}
    file = desk.write("all.json", json.dumps({"monitor": {"cpu": plain}}))
    desk.done("apply", "--auto-approve")
    live = monitor(desk)
    live["options"]["thresholds"]["critical"] = 95.0
    desk.api("PUT", f"/api/v1/monitor/{live['id']}", {**live, "query": live["query"].replace("90", "95")})
    desk.done("export", "--kind", "monitor")
    written = json.loads(file.read_text("utf-8"))["monitor"]["cpu"]
    assert written["query"] == query.replace("90", "95")
    assert json.dumps(written["options"]) == '{"thresholds": {"critical": 95}}'
