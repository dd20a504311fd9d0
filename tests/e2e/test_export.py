"""Export: what was clicked together by hand becomes definitions whose plan is empty."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from ddconf.address import Address
from ddconf.definitions.yaml import write
from tests.e2e.conftest import Desk
from tests.e2e.processes import start, unlocked
from tests.e2e.stories import PIPELINE

HOSTILE = (
    "${var.x} costs $5",
    "on",
    "010",
    "12:30:45",
    "line one\nline two\n",
    "a: b # c",
    "'q' \"d\"",
    "%{word}",
    "ünï",
)


def fill(desk: Desk) -> None:
    """Fifty objects by raw HTTP, none of them by ddconf."""
    ids = []
    for number in range(20):
        text = HOSTILE[number % len(HOSTILE)]
        monitor = {
            "name": f"CPU {number // 2} {text}",
            "type": "query alert",
            "query": f"avg(last_5m):avg:system.cpu.user{{host:h{number}}} > 90",
            "message": text,
            "tags": [f"n:{number}", "a:b"],
            "options": {"thresholds": {"critical": 90}},
        }
        ids.append(desk.api("POST", "/api/v1/monitor", monitor)["id"])
    for number in range(12):
        desk.api("POST", "/api/v1/logs/config/pipelines", {**PIPELINE, "name": f"web {number // 2}"})
    for number in range(8):
        widget = {
            "definition": {"type": "note", "content": HOSTILE[number], "unknown_field": {"a": [1, None, 2.5]}}
        }
        board = {"title": f"Board {number // 2}", "layout_type": "ordered", "widgets": [widget, widget]}
        desk.api("POST", "/api/v1/dashboard", board)
    for number in range(6):
        slo = {
            "name": f"Up {number}",
            "type": "monitor",
            "monitor_ids": ids[number : number + 2],
            "thresholds": [{"timeframe": "30d", "target": 99.0}],
            "tags": ["z:1", "a:2"],
        }
        desk.api("POST", "/api/v1/slo", slo)
    for number in range(4):
        attributes = {"compute": {"aggregation_type": "count"}, "filter": {"query": f"source:s{number}"}}
        metric = {"data": {"type": "logs_metrics", "id": f"m.{number}", "attributes": attributes}}
        desk.api("POST", "/api/v2/logs/config/metrics", metric)


def digests(folder: Path) -> dict[str, str]:
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and ".lock" not in file.name
    }


def test_an_exported_organisation_has_an_empty_plan_and_exports_the_same_again(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    out = desk.done("export")
    assert "The plan of what was exported is empty." in out
    assert not [line for line in out.splitlines() if "Left out" in line and "logs_custom_pipeline" in line]
    assert "No changes." in desk.done("plan")
    first = digests(desk.folder)
    assert len([name for name in first if name.startswith("monitor/")]) == 20
    desk.done("export")
    assert digests(desk.folder) == first


def test_an_export_without_state_gives_the_same_files(desk: Desk, tmp_path: Path) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.done("export")
    first = digests(desk.folder)
    desk.folder = tmp_path / "again"
    desk.folder.mkdir()
    desk.done("export")
    again = digests(desk.folder)
    assert {name: value for name, value in first.items() if ".ddconf" not in name} == {
        name: value for name, value in again.items() if ".ddconf" not in name
    }


DYING = """
import os
left, replace = {left}, os.replace
def dying(*names):
    global left
    left -= 1
    if left < 0:
        os._exit(9)
    replace(*names)
os.replace = dying
"""


@pytest.mark.parametrize("left", [0, 3, 25, 40, 48])
def test_an_export_after_one_that_died_while_it_wrote_makes_no_twins(desk: Desk, left: int) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.done("export")
    whole = {file.relative_to(desk.folder): file.read_bytes() for file in desk.folder.rglob("*/*.yaml")}
    desk.state.unlink()
    for file in whole:
        (desk.folder / file).unlink()
    process = start(desk, "export", code=DYING.format(left=left))
    process.communicate(timeout=60)
    assert process.returncode == 9
    assert len(list(desk.folder.rglob("*/*.yaml"))) <= min(left, len(whole))
    unlocked(desk)
    assert "The plan of what was exported is empty." in desk.done("export")
    again = {file.relative_to(desk.folder): file.read_bytes() for file in desk.folder.rglob("*/*.yaml")}
    assert again == whole
    assert "No changes." in desk.done("plan")


def test_ids_become_references_and_unknown_fields_stay(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.done("export")
    slo = (desk.folder / "service_level_objective" / "up_0.yaml").read_text()
    assert '"${monitor.cpu_0_' in slo or "${monitor.cpu_0_" in slo
    assert "unknown_field" in (desk.folder / "dashboard" / "board_0.yaml").read_text()


def test_an_edit_by_hand_changes_just_its_leaf_and_keeps_comments(desk: Desk) -> None:
    file = desk.write(
        "m.yaml",
        """\
        monitor:
          cpu:
            # who is called
            name: CPU of ${var.team}  # the title
            type: query alert
            query: avg(last_5m):avg:system.cpu.user{*} > 90
            message: hot
            tags: ["team:${var.team}", "b:2"]
        """,
    )
    desk.write("ddconf.yaml", "variables: {team: net}\n")
    desk.done("apply", "--auto-approve")
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    desk.api(
        "PUT",
        f"/api/v1/monitor/{monitor['id']}",
        {"message": "very hot", "tags": ["team:net", "b:2", "c:3"]},
    )
    desk.done("export", "--kind", "monitor")
    text = file.read_text()
    assert "# who is called" in text and "# the title" in text and "CPU of ${var.team}" in text
    assert "message: very hot" in text
    assert "team:${var.team}" in text and "c:3" in text
    assert "No changes." in desk.done("plan")


def test_what_another_hand_did_is_no_drift_once_it_is_exported(desk: Desk) -> None:
    monitor = {"name": "CPU", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "ours"}
    desk.write("m.yaml", json.dumps({"monitor": {"cpu": monitor}}))
    desk.done("apply", "--auto-approve")
    (live,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{live['id']}", {"message": "theirs"})
    assert desk.ddconf("drift", "--detailed-exitcode").code == 2
    desk.done("export", "--kind", "monitor")
    assert desk.ddconf("drift", "--detailed-exitcode").code == 0
    desk.api("PUT", f"/api/v1/monitor/{live['id']}", {"message": "ours"})
    assert "(changed outside ddconf)" in desk.done("plan")


@pytest.mark.parametrize("inside", [False, True])
def test_a_file_that_is_edited_and_grows_keeps_both(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, inside: bool
) -> None:
    """Also where the command is run in the folder, so that messages have its files shortened."""
    monitor = {"type": "query alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "ours"}
    ids = [desk.api("POST", "/api/v1/monitor", monitor | {"name": name})["id"] for name in ("cpu", "disk")]
    desk.folder.mkdir()
    if inside:
        monkeypatch.chdir(desk.folder)
    desk.done("export", "--kind", "monitor", "--layout", "kind")
    desk.api("PUT", f"/api/v1/monitor/{ids[0]}", {"message": "by hand"})
    desk.api("POST", "/api/v1/monitor", monitor | {"name": "new"})
    out = desk.done("export", "--kind", "monitor", "--layout", "kind")
    assert "The plan of what was exported is empty." in out
    text = (desk.folder / "monitor.yaml").read_text()
    assert "by hand" in text and "name: new" in text and "name: disk" in text
    assert "No changes." in desk.done("plan")


def test_exported_files_tell_an_editor_where_their_schema_is(desk: Desk) -> None:
    query = "avg(last_5m):avg:system.load.1{*} > 5"
    body = {"name": "Load", "type": "metric alert", "query": query, "message": "m"}
    desk.api("POST", "/api/v1/monitor", body)
    desk.write("ddconf.yaml", "variables: {a: b}\n")
    desk.done("export", "--kind", "monitor", "--out", "live")
    file = desk.folder / "live" / "monitor" / "load.yaml"
    line = file.read_text().splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert "monitor" in json.loads((file.parent / line).read_text())["properties"]


def test_an_id_that_nothing_has_is_an_error(desk: Desk) -> None:
    desk.write("ddconf.yaml", "variables: {a: b}\n")
    ran = desk.ddconf("export", "--kind", "monitor", "123456789")
    assert (ran.code, "has the id or address 123456789" in ran.err) == (1, True)


def test_a_name_that_nothing_has_is_an_error_beside_one_that_something_has(desk: Desk) -> None:
    fill(desk)
    desk.write("ddconf.yaml", "variables: {a: b}\n")
    ran = desk.ddconf("export", "--kind", "dashboard", "--name", "Bord*", "--name", "Board 1")
    assert ran.code == 1
    assert "error: nothing that can be exported is named like Bord*" in ran.err
    assert "Board 1" not in ran.err
    assert "Exported 2 objects." in ran.out


def test_an_export_in_the_working_folder_names_the_files_it_edits(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.write(
        "teams/m.yaml",
        "monitor: {cpu: {name: a, type: metric alert, query: 'avg(last_5m):avg:a{*} > 9', message: hot}}",
    )
    monkeypatch.chdir(desk.folder)
    desk.done("apply", "--auto-approve")
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "very hot"})
    assert desk.done("export", "--kind", "monitor").startswith("wrote teams/m.yaml\n")


def test_one_object_is_exported_by_the_url_of_its_page(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    board = desk.api("GET", "/api/v1/dashboard")["dashboards"][0]
    out = desk.done("export", f"https://app.datadoghq.com/dashboard/{board['id']}/some-title")
    assert "Exported 1 object." in out
    assert len(list((desk.folder / "dashboard").iterdir())) == 1


def test_an_import_takes_over_one_object_and_writes_its_definition(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    monitor = desk.api("GET", "/api/v1/monitor")[0]
    desk.done("import", "monitor.first", str(monitor["id"]))
    assert "No changes." in desk.done("plan")
    assert (desk.folder / "monitor" / "first.yaml").exists()
    again = desk.ddconf("import", "monitor.second", str(monitor["id"]))
    assert again.code == 1 and "owned by monitor.first" in again.err


def test_an_address_exports_that_object_and_a_misspelt_one_brings_the_nearest(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    desk.done("export", "--kind", "dashboard")
    assert "Exported 1 object." in desk.done("export", "dashboard.board_0")
    ran = desk.ddconf("export", "dashboard.bord_0")
    assert (ran.code, "did you mean 'dashboard.board_0'?" in ran.err) == (1, True)


def test_an_export_starts_the_folder_and_leaves_people_and_settings_out(desk: Desk) -> None:
    fill(desk)
    desk.folder.mkdir()
    told = desk.done("export")
    assert "Users, memberships and organisation settings are left out" in told
    assert not {"user", "org_config", "user_role"} & {file.name for file in desk.folder.iterdir()}
    assert "state: .ddconf/state.json" in (desk.folder / "ddconf.yaml").read_text()
    assert ".ddconf/" in (desk.folder / ".gitignore").read_text()
    desk.done("export", "--kind", "user")
    assert (desk.folder / "user").is_dir()


def test_a_written_definition_begins_with_the_page_of_its_object() -> None:
    text = write.definition(Address("monitor", "cpu"), {"name": "CPU"}, "https://app.datadoghq.eu/monitors/1")
    assert text == "monitor:\n  # https://app.datadoghq.eu/monitors/1\n  cpu:\n    name: CPU\n"
