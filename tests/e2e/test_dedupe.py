"""Objects that are there twice are shown with what refers to each."""

from __future__ import annotations

import json

from tests.e2e.conftest import Desk

MONITOR = {"name": "CPU", "type": "query alert", "query": "avg(last_5m):avg:system.cpu.user{*} > 90"}


def slo(name: str, monitor: int) -> dict[str, object]:
    thresholds = [{"timeframe": "30d", "target": 99}]
    return {"name": name, "type": "monitor", "monitor_ids": [monitor], "thresholds": thresholds}


def test_twins_are_shown_with_their_address_and_what_refers_to_them(desk: Desk) -> None:
    desk.write("all.yaml", json.dumps({"monitor": {"cpu": MONITOR}}))
    desk.done("apply", "--auto-approve")
    (own,) = desk.api("GET", "/api/v1/monitor")
    other = desk.api("POST", "/api/v1/monitor", {**MONITOR, "message": "by hand"})
    desk.api("POST", "/api/v1/slo", slo("Up", other["id"]))
    ran = desk.ddconf("dedupe", "--detailed-exitcode")
    assert ran.code == 2, ran.err
    assert f"{own['id']}  monitor.cpu, used by nothing known" in ran.out
    assert f"{other['id']}  (no address), used by service_level_objective" in ran.out
    assert "differs from the first in message" in ran.out
    ((first, second),) = json.loads(desk.done("dedupe", "monitor", "--format", "json"))
    assert (first["address"], second["differs_in"]) == ("monitor.cpu", ["message"])


def test_without_twins_it_says_so(desk: Desk) -> None:
    desk.write("all.yaml", json.dumps({"monitor": {"cpu": MONITOR}}))
    desk.done("apply", "--auto-approve")
    assert "Nothing is there twice." in desk.done("dedupe")


def test_a_kind_whose_names_are_unique_has_no_twins(desk: Desk) -> None:
    assert "cannot look for twins of logs_index" in desk.ddconf("dedupe", "logs_index").err
