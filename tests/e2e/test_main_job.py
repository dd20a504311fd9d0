"""The main job on the command line: plan, apply, plan again, destroy."""

from __future__ import annotations

from tests.e2e.conftest import Desk

TWO = """\
    monitor:
      cpu:
        name: CPU
        type: query alert
        query: avg(last_5m):avg:system.cpu.user{*} > 90
        message: hot
    service_level_objective:
      up:
        name: Up
        type: monitor
        monitor_ids: ["${monitor.cpu}"]
        thresholds: [{timeframe: 30d, target: 99.9}]
"""


def test_references_are_applied_in_order_and_resolved(desk: Desk) -> None:
    desk.write("two.yaml", TWO)
    out = desk.done("apply", "--auto-approve")
    assert out.index("monitor.cpu: Creation complete") < out.index("service_level_objective.up: Creating")
    (slo,) = desk.api("GET", "/api/v1/slo")["data"]
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    assert slo["monitor_ids"] == [monitor["id"]]
    assert "Apply complete! Resources: 2 added, 0 changed, 0 destroyed." in out


def test_destroy_deletes_what_is_ours_in_reverse_order_and_nothing_else(desk: Desk) -> None:
    desk.api(
        "POST", "/api/v1/monitor", {"name": "theirs", "type": "query alert", "query": "avg(last_5m):a{*} > 1"}
    )
    desk.write("two.yaml", TWO)
    desk.done("apply", "--auto-approve")
    out = desk.done("destroy", "--auto-approve", "--allow-deletes=2")
    assert out.index("service_level_objective.up: Destruction complete") < out.index(
        "monitor.cpu: Destroying"
    )
    assert [item["name"] for item in desk.api("GET", "/api/v1/monitor")] == ["theirs"]


def test_a_saved_plan_is_applied_without_asking(desk: Desk) -> None:
    desk.write("two.yaml", TWO)
    plan = desk.folder / "plan.json"
    desk.done("plan", f"-out={plan}")
    desk.done("apply", str(plan))
    assert "No changes." in desk.done("plan")


def test_without_a_terminal_apply_does_not_ask_but_refuses(desk: Desk) -> None:
    desk.write("two.yaml", TWO)
    ran = desk.ddconf("apply")
    assert ran.code == 1
    assert "--auto-approve" in ran.err
    assert desk.api("GET", "/api/v1/monitor") == []


def test_a_saved_plan_refuses_what_moved_and_does_the_rest(desk: Desk) -> None:
    two = TWO.replace('"${monitor.cpu}"', "1")
    desk.write("two.yaml", two)
    desk.done("apply", "--auto-approve")
    desk.write(
        "two.yaml", two.replace("message: hot", "message: very hot").replace("name: Up", "name: Up again")
    )
    plan = desk.folder / "plan.json"
    desk.done("plan", "--out", str(plan))
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "by hand"})
    ran = desk.ddconf("apply", str(plan))
    assert ran.code == 5, ran.out + ran.err
    assert "another hand" in ran.err
    assert desk.api("GET", "/api/v1/monitor")[0]["message"] == "by hand"
    assert desk.api("GET", "/api/v1/slo")["data"][0]["name"] == "Up again"
