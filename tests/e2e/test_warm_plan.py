"""A second plan is quick since it remembers; whatever changes in between, it must not remember too much."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ddconf.cache import store
from tests.cache.place import caches_of
from tests.e2e.conftest import Desk

DASHBOARD = """\
dashboard:
  web:
    title: Web
    layout_type: ordered
    widgets: [{definition: {type: note, content: "%s"}}]
"""
MONITOR = """\
monitor:
  cpu:
    {name: CPU, type: query alert, query: "avg(last_5m):avg:system.cpu.user{*} > 90", message: %s}
"""
# So much that the folder is worth a cache.
PADDING = "# " + "x" * 30_000 + "\n"


@pytest.fixture
def applied(desk: Desk) -> Desk:
    """A desk whose caches are warm."""
    desk.write("dashboard.yaml", PADDING + DASHBOARD % "hello")
    desk.write("monitor.yaml", MONITOR % "hello")
    desk.done("apply", "--auto-approve")
    assert "No changes" in desk.done("plan")
    assert "No changes" in desk.done("plan")
    return desk


def kept(desk: Desk) -> list[Path]:
    return sorted(caches_of(desk.folder).iterdir())


def changed(desk: Desk) -> dict[str, list[str]]:
    """The changed paths by address."""
    plan = json.loads(desk.ddconf("plan", "--format", "json").out)
    return {
        change["address"]: sorted(str(field["path"]) for field in change["fields"])
        for change in plan["changes"]
    }


def dashboard(desk: Desk) -> dict[str, Any]:
    (listed,) = [one for one in desk.api("GET", "/api/v1/dashboard")["dashboards"] if one["title"] == "Web"]
    found: dict[str, Any] = desk.api("GET", f"/api/v1/dashboard/{listed['id']}")
    return found


def test_everything_is_kept_that_a_plan_needs(applied: Desk) -> None:
    names = {file.name.split("-")[0] for file in kept(applied)}
    assert names - {"files"} == {"dashboard", "definitions", "unchanged"}  # files: unless they are too new


def test_what_an_export_has_proven_the_next_plan_takes_for_that(
    applied: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ddconf.cache import early_comparison
    from ddconf.plans import planner

    for file in applied.folder.rglob("*"):
        if file.is_file():
            file.unlink()
    applied.done("export", "--adopt", "--kind", "monitor", "--kind", "dashboard")
    for module in (planner, early_comparison):
        monkeypatch.setattr(module, "decide", lambda *_: pytest.fail("compared"))
    assert "2 unchanged" in applied.done("plan")


def test_a_warm_plan_reads_lists_alone_and_compares_nothing(
    applied: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ddconf.cache import early_comparison
    from ddconf.datadog.http.client import Client
    from ddconf.plans import planner

    asked: list[str] = []
    request = Client.request
    for module in (planner, early_comparison):
        monkeypatch.setattr(module, "decide", lambda *_: pytest.fail("compared"))
    monkeypatch.setattr(
        Client,
        "request",
        lambda self, method, path, *args, **more: (
            asked.append(path) or request(self, method, path, *args, **more)
        ),
    )
    assert "2 unchanged" in applied.done("plan")
    assert sorted(asked) == ["/api/v1/dashboard", "/api/v1/monitor"]


@pytest.mark.parametrize(
    ("file", "text", "address"),
    [
        ("dashboard.yaml", PADDING + DASHBOARD % "bye", "dashboard.web"),
        ("monitor.yaml", MONITOR % "bye", "monitor.cpu"),
    ],
)
def test_a_change_in_a_definition_is_planned(applied: Desk, file: str, text: str, address: str) -> None:
    applied.write(file, text)
    assert list(changed(applied)) == [address]


def test_a_change_of_a_live_object_is_planned(applied: Desk) -> None:
    shown = dashboard(applied)
    shown["widgets"][0]["definition"]["content"] = "changed by hand"
    applied.api("PUT", f"/api/v1/dashboard/{shown['id']}", shown)
    (monitor,) = applied.api("GET", "/api/v1/monitor")
    applied.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "changed by hand"})
    assert set(changed(applied)) == {"dashboard.web", "monitor.cpu"}


def test_a_deleted_object_is_planned(applied: Desk) -> None:
    applied.api("DELETE", f"/api/v1/dashboard/{dashboard(applied)['id']}")
    assert "deleted outside ddconf" in applied.ddconf("plan", "--format", "json").out


def test_a_change_of_the_state_is_seen(applied: Desk) -> None:
    text = applied.state.read_text()
    lines = [
        line.replace('"applied":', '"protected":true,"applied":') if line.startswith('"monitor') else line
        for line in text.split("\n")
    ]
    applied.state.write_text("\n".join(lines))
    assert list(changed(applied)) == ["monitor.cpu"]


def test_a_variable_that_changes_is_seen(applied: Desk) -> None:
    applied.write("ddconf.yaml", "variables: {word: hello}")
    applied.write("monitor.yaml", MONITOR % "'${var.word}'")
    assert changed(applied) == {}
    assert list(changed(applied)) == []
    applied.write("ddconf.yaml", "variables: {word: bye}")
    assert changed(applied) == {"monitor.cpu": ["message"]}


def test_another_version_of_the_code_compares_anew(applied: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from ddconf.cache import early_comparison
    from ddconf.plans import planner

    compared = []
    decide = planner.decide
    monkeypatch.setattr(store, "code_version", lambda: b"another")
    for module in (planner, early_comparison):
        monkeypatch.setattr(module, "decide", lambda *args: compared.append(args) or decide(*args))
    assert "2 unchanged" in applied.done("plan")
    assert len(compared) == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_damaged_caches_are_passed_over(applied: Desk, damage: bytes | None) -> None:
    applied.write("monitor.yaml", MONITOR % "bye")
    for file in kept(applied):
        content = bytearray(file.read_bytes())
        content[len(content) // 2] ^= 1
        file.write_bytes(content if damage is None else damage)
    assert changed(applied) == {"monitor.cpu": ["message"]}


def test_an_old_cache_put_back_hides_nothing(applied: Desk) -> None:
    old = {file: file.read_bytes() for file in kept(applied)}
    shown = dashboard(applied)
    shown["title"] = "Changed by hand"
    applied.api("PUT", f"/api/v1/dashboard/{shown['id']}", shown)
    applied.write("monitor.yaml", MONITOR % "bye")
    expected = changed(applied)
    for file, content in old.items():
        file.write_bytes(content)
    assert changed(applied) == expected == {"dashboard.web": ["title"], "monitor.cpu": ["message"]}
