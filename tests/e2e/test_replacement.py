"""A replacement is there before what it replaces goes, where Datadog allows two."""

from __future__ import annotations

from ddconf.emulator.faults import calls, refuse
from ddconf.emulator.wire import Request
from ddconf.kind import find_kind, kind_names
from tests.e2e.conftest import Desk

DASHBOARD = "dashboard: {web: {title: Web, layout_type: ordered, widgets: []}}\n"
MONITOR = """
    monitor:
      cpu: {name: CPU, type: query alert, query: "avg(last_5m):avg:system.cpu.user{*} > 90"}
"""
PATH = "/api/v1/dashboard"


def methods(desk: Desk, path: str) -> list[str]:
    """The methods of the writes below a path from now on."""
    seen: list[str] = []

    def hook(moment: str, request: Request) -> None:
        wrote = request.method in ("POST", "DELETE") and not request.path.endswith("/validate")
        if moment == "before" and wrote and request.path.startswith(path):
            seen.append(request.method)

    desk.app.hook = hook
    return seen


def ids(desk: Desk) -> list[str]:
    return [item["id"] for item in desk.api("GET", PATH)["dashboards"]]


def test_names_that_are_ids_and_unique_names_allow_no_second_object() -> None:
    two = {name for name in kind_names() if find_kind(name).allows_two}
    assert {"monitor", "dashboard", "synthetics_api_test", "slo_correction"} <= two
    assert not two & {"logs_index", "logs_metric", "webhook", "team", "restriction_policy", "metric_metadata"}


def test_the_new_object_comes_before_the_old_one_goes(desk: Desk) -> None:
    desk.write("all.yaml", DASHBOARD)
    desk.done("apply", "--auto-approve")
    before = ids(desk)
    seen = methods(desk, PATH)
    out = desk.done("apply", "--auto-approve", "--replace", "dashboard.web")
    assert "+/- dashboard.web" in out
    assert seen == ["POST", "DELETE"]
    assert len(ids(desk)) == 1
    assert ids(desk) != before
    assert "No changes." in desk.done("plan")


def test_where_datadog_refuses_a_twin_the_old_object_goes_first(desk: Desk) -> None:
    desk.write("all.yaml", MONITOR)
    desk.done("apply", "--auto-approve")
    seen = methods(desk, "/api/v1/monitor")
    desk.done("apply", "--auto-approve", "--replace", "monitor.cpu")
    assert seen == ["POST", "DELETE", "POST"]
    assert "No changes." in desk.done("plan")


def test_an_object_whose_replacement_fails_stays(desk: Desk) -> None:
    desk.write("all.yaml", DASHBOARD)
    desk.done("apply", "--auto-approve")
    before = ids(desk)
    desk.app.faults.on(refuse(400), calls("POST", PATH), times=9)
    assert desk.ddconf("apply", "--auto-approve", "--replace", "dashboard.web").code == 1
    desk.app.faults.clear()
    assert ids(desk) == before
    assert "No changes." in desk.done("plan")


def test_an_old_object_that_stays_is_told_of(desk: Desk) -> None:
    desk.write("all.yaml", DASHBOARD)
    desk.done("apply", "--auto-approve")
    (old,) = ids(desk)
    desk.app.faults.on(refuse(403), calls("DELETE", PATH), times=9)
    ran = desk.ddconf("apply", "--auto-approve", "--replace", "dashboard.web")
    desk.app.faults.clear()
    assert ran.code == 1
    assert f"was created anew, but the old dashboard {old} is still there" in ran.out + ran.err
    assert len(ids(desk)) == 2
