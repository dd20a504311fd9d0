"""An export after a deletion in Datadog: the definition is named, and removed if asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Desk

MONITOR = "type: metric alert, query: 'avg(last_5m):avg:a{*} > 1', message: x"
TWO = f"""\
    monitor:
      # the first one
      one: {{name: One, {MONITOR}}}
      # the second one
      two: {{name: Two, {MONITOR}}}
"""


def delete(desk: Desk, name: str) -> None:
    (found,) = [item for item in desk.api("GET", "/api/v1/monitor") if item["name"] == name]
    desk.api("DELETE", f"/api/v1/monitor/{found['id']}")


@pytest.fixture
def file(desk: Desk) -> Path:
    file = desk.write("all.yaml", TWO)
    desk.done("apply", "--auto-approve")
    return file


def test_a_definition_whose_object_was_deleted_is_named_and_stays(desk: Desk, file: Path) -> None:
    delete(desk, "One")
    before = file.read_text()
    out = desk.done("export", "--kind", "monitor")
    assert "monitor.one is defined, but deleted outside ddconf" in out and "--prune" in out
    assert "monitor.two is defined" not in out
    assert file.read_text() == before
    assert "1 to add" in desk.done("plan")


def test_pruning_removes_it_and_nothing_is_planned(desk: Desk, file: Path) -> None:
    delete(desk, "One")
    assert "monitor.one was deleted outside" in desk.done("export", "--kind", "monitor", "--prune")
    assert "one:" not in file.read_text() and "# the second one" in file.read_text()
    assert "No changes." in desk.done("plan")
    assert desk.done("state", "list").split() == ["monitor.two"]


def test_pruning_the_last_definition_of_a_file_removes_the_file(desk: Desk, file: Path) -> None:
    three = desk.write("three.yaml", f"monitor: {{three: {{name: Three, {MONITOR}}}}}\n")
    desk.done("apply", "--auto-approve")
    delete(desk, "Three")
    desk.done("export", "--kind", "monitor", "--prune")
    assert not three.exists() and file.exists()
    assert "No changes." in desk.done("plan")


def test_what_others_refer_to_or_for_each_makes_stays_and_says_why(desk: Desk, file: Path) -> None:
    slo = "name: Up, type: monitor, monitor_ids: ['${monitor.one}']"
    slo += ", thresholds: [{timeframe: 30d, target: 99}]"
    desk.write("slo.yaml", f"service_level_objective: {{up: {{{slo}}}}}\n")
    many = f"for_each: [a, b], name: '${{each.key}}', {MONITOR}"
    desk.write("many.yaml", f"monitor: {{many: {{{many}}}}}\n")
    desk.done("apply", "--auto-approve")
    desk.api("DELETE", f"/api/v1/slo/{desk.api('GET', '/api/v1/slo')['data'][0]['id']}")
    delete(desk, "One")
    delete(desk, "a")
    ran = desk.ddconf("export", "--kind", "monitor", "--prune")
    assert ran.code == 1
    assert "service_level_objective.up refers to it" in ran.err and "a for_each is changed by hand" in ran.err
    assert "one:" in file.read_text()


def test_a_selection_or_another_kind_says_nothing(desk: Desk, file: Path) -> None:
    delete(desk, "One")
    assert "deleted outside" not in desk.done("export", "--kind", "monitor", "--name", "T*")
    assert "deleted outside" not in desk.done("export", "--kind", "dashboard")
