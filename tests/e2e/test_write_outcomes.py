"""What a write came to is seen, not believed: ignored writes, stale lists, values that Datadog rewrites."""

from __future__ import annotations

import json

import pytest

from ddconf.emulator import faults
from ddconf.emulator.faults import any_request, calls
from ddconf.emulator.wire import Request
from ddconf.operations.apply import confirm_writes as confirm
from tests.e2e import thirty
from tests.e2e.conftest import Desk

MONITOR = {
    "name": "cpu",
    "type": "query alert",
    "query": "avg(last_5m):avg:system.cpu.user{*} > 90",
    "message": "high {{#is_alert}}now{{/is_alert}}",
    "options": {"thresholds": {"critical": 90}},
}
HIGHER = {
    **MONITOR,
    "query": MONITOR["query"].replace("90", "95"),
    "options": {"thresholds": {"critical": 95}},
}
FAILED = 1


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confirm, "PAUSES_SECONDS", (0.0, 0.0, 0.0))


def define(desk: Desk, *monitors: dict[str, object]) -> None:
    items = {f"m{number}": {**monitor, "name": f"m{number}"} for number, monitor in enumerate(monitors)}
    desk.write("all.json", json.dumps({"monitor": items}))


def about_monitors(request: Request) -> bool:
    return request.path.startswith("/api/v1/monitor") and "validate" not in request.path


def test_an_update_that_datadog_ignores_fails_and_is_planned_again(desk: Desk) -> None:
    define(desk, MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, HIGHER)
    desk.app.faults.on(faults.ignored(), calls("PUT", "/api/v1/monitor"))
    ran = desk.ddconf("apply", "--auto-approve")
    assert ran.code == FAILED
    assert "Datadog answered 200 but kept the old value of query, options.thresholds.critical" in ran.err
    assert "1 failed" in ran.out
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2
    desk.done("apply", "--auto-approve")
    assert desk.api("GET", "/api/v1/monitor")[0]["options"]["thresholds"] == {"critical": 95}


def is_create(request: Request) -> bool:
    return request.method == "POST" and "validate" not in request.path


@pytest.mark.parametrize("kind", ["monitor", "dashboard", "logs_metric"])
def test_a_create_that_datadog_ignores_fails_and_is_planned_again(desk: Desk, kind: str) -> None:
    objects = {
        "monitor": {"a": MONITOR},
        "dashboard": {"a": {"title": "a", "layout_type": "ordered", "widgets": []}},
        "logs_metric": {"a": {"id": "a", "compute": {"aggregation_type": "count"}}},
    }
    desk.write("all.json", json.dumps({kind: objects[kind]}))
    desk.app.faults.on(faults.ignored(), is_create)
    ran = desk.ddconf("apply", "--auto-approve")
    assert (ran.code, "Datadog accepted the create, but has no" in ran.err) == (FAILED, True), ran.err
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2
    desk.app.faults.clear()
    desk.done("apply", "--auto-approve")
    assert desk.ddconf("plan", "--detailed-exitcode").code == 0


def test_a_field_that_does_not_appear_is_told_of_since_some_are_never_shown(desk: Desk) -> None:
    define(desk, MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, {**MONITOR, "options": {"thresholds": {"critical": 90, "warning": 80}}})
    desk.app.faults.on(faults.ignored(), calls("PUT", "/api/v1/monitor"))
    out = desk.done("apply", "--auto-approve")
    assert "Datadog rewrote options.thresholds.warning" in out and "1 field rewritten" in out


def test_an_ignored_update_of_widgets_fails_though_datadog_fills_in_defaults(desk: Desk) -> None:
    def board(content: str) -> None:
        note = {"definition": {"type": "note", "content": content}}
        timeseries = {"type": "timeseries", "requests": [{"q": "avg:a{*}", "display_type": "line"}]}
        widgets = [note, {"definition": timeseries}]
        document = {"title": "d", "layout_type": "ordered", "widgets": widgets}
        desk.write("all.json", json.dumps({"dashboard": {"d": document}}))

    board("old")
    desk.done("apply", "--auto-approve")
    board("new")
    desk.app.faults.on(faults.ignored(), calls("PUT", "/api/v1/dashboard"))
    ran = desk.ddconf("apply", "--auto-approve")
    assert (ran.code, "kept the old value of widgets" in ran.err) == (FAILED, True), ran.err


def test_a_delete_that_datadog_ignores_fails_and_the_object_stays_ours(desk: Desk) -> None:
    define(desk, MONITOR, MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, MONITOR)
    desk.app.faults.on(faults.ignored(), calls("DELETE", "/api/v1/monitor"))
    ran = desk.ddconf("apply", "--auto-approve", "--allow-deletes=1")
    assert ran.code == FAILED, ran.out
    assert "monitor.m1" in ran.err and "still lists" in ran.err
    assert desk.done("state", "list").split() == ["monitor.m0", "monitor.m1"]
    desk.done("apply", "--auto-approve", "--allow-deletes=1")
    assert len(desk.api("GET", "/api/v1/monitor")) == 1


@pytest.mark.parametrize("stale_lists", [1, 2])
def test_a_list_that_is_late_after_a_write_is_asked_again(desk: Desk, stale_lists: int) -> None:
    define(desk, MONITOR, MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, HIGHER)
    desk.app.faults.on(faults.stale_after_write(), about_monitors, times=1 + stale_lists)
    desk.done("apply", "--auto-approve", "--allow-deletes=1")
    entry = json.loads(desk.state.read_text())["entries"]["monitor.m0"]
    assert entry["applied"]["options"] == {"thresholds": {"critical": 95}}
    assert entry.get("observed", entry["applied"])["options"]["thresholds"] == {"critical": 95}
    assert "No changes." in desk.done("plan")
    monitor = desk.api("GET", "/api/v1/monitor")[0]
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {**monitor, **MONITOR, "name": "m0"})
    assert desk.ddconf("plan", "--detailed-exitcode").code == 2, "drift to the value before must be seen"


def test_a_list_that_stays_old_is_a_failure(desk: Desk) -> None:
    define(desk, MONITOR)
    desk.done("apply", "--auto-approve")
    define(desk, HIGHER)
    desk.app.faults.on(faults.stale_after_write(), about_monitors, times=50)
    ran = desk.ddconf("apply", "--auto-approve")
    assert (ran.code, "still lists the old value of" in ran.err) == (FAILED, True), ran.out
    assert "1 failed" in ran.out and "0 changed" in ran.out


def test_a_value_that_datadog_rewrites_is_told_once(desk: Desk) -> None:
    desk.write("all.json", json.dumps({"team": {"t": {"name": "T", "handle": "Shop-Team"}}}))
    desk.done("apply", "--auto-approve")

    def rewrite(_request: Request, response: faults.Response) -> faults.Response:
        body = response.body.replace(b"words", b"WORDS")
        return faults.replace(response, body=body)

    rewriting = faults.Fault("rewriting", afterwards=rewrite)
    desk.app.faults.on(rewriting, any_request, times=1000)
    for text, told in (("words", True), ("more words", False)):
        document = {"name": "T", "handle": "Shop-Team", "description": text}
        desk.write("all.json", json.dumps({"team": {"t": document}}))
        out = desk.done("apply", "--auto-approve")
        assert ("Datadog rewrote description" in out) is told, out
        assert ("1 field rewritten by Datadog." in out) is told, out
        assert "No changes." in desk.done("plan")


def test_what_is_replaced_under_the_same_id_is_not_taken_for_undeleted(desk: Desk) -> None:
    def define_metric(query: str) -> None:
        kind = "count" if query == "a" else "distribution"
        compute = {"aggregation_type": kind, **({} if query == "a" else {"path": "@b"})}
        metric = {"id": "logs.m", "compute": compute, "filter": {"query": query}}
        desk.write("all.json", json.dumps({"logs_metric": {"m": metric}}))

    define_metric("a")
    desk.done("apply", "--auto-approve")
    define_metric("b")
    assert "must be replaced" in desk.done("apply", "--auto-approve", "--allow-deletes=1")
    assert "No changes." in desk.done("plan")


def test_no_kind_of_the_thirty_is_told_of_as_rewritten(desk: Desk) -> None:
    thirty.define(desk, thirty.before())
    desk.done("apply", "--auto-approve")
    thirty.define(desk, thirty.after())
    assert "rewrote" not in desk.done("apply", "--auto-approve")
