"""Files from elsewhere: no definition and no saved plan does more than plan and apply are meant to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e import thirty
from tests.e2e.conftest import Desk

Plan = dict[str, Any]

TAGS = (
    "!!python/object/apply:os.system ['touch pwned']",
    "!!python/object/new:subprocess.Popen [['touch', 'pwned']]",
    "!!python/name:os.system ''",
    "!!python/module:os ''",
    "!include /etc/passwd",
    "!env HOME",
    "!!binary aGVsbG8=",
    "!!set {a, b}",
)


@pytest.mark.parametrize("tag", TAGS)
def test_a_yaml_tag_constructs_nothing(
    desk: Desk, tag: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    desk.write("m.yaml", f"monitor:\n  m:\n    name: x\n    message: {tag}\n")
    for command in (("plan",), ("validate",), ("fmt",), ("apply", "--auto-approve"), ("export",)):
        ran = desk.ddconf(*command)
        assert ran.code == 1, (command, ran.out)
        assert "m.yaml:4:" in ran.err and "Traceback" not in ran.err
    assert not list(tmp_path.rglob("pwned"))
    assert desk.api("GET", "/api/v1/monitor") == []


def test_a_link_out_of_the_folder_is_not_followed(desk: Desk, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "theirs.yaml").write_text("monitor: {theirs: {name: x}}\n")
    thirty.define(desk, {})
    for name, target in (("file.yaml", outside / "theirs.yaml"), ("folder", outside)):
        (desk.folder / name).symlink_to(target)
        ran = desk.ddconf("plan")
        assert ran.code == 1 and "leads out of the folder" in ran.err
        (desk.folder / name).unlink()


@pytest.mark.parametrize("name", ["x.yaml", "x.json", "ddconf.yaml", "x.test.yaml"])
def test_no_line_of_what_a_link_leads_to_is_shown(desk: Desk, tmp_path: Path, name: str) -> None:
    (tmp_path / "netrc").write_text("machine api login bob password hunter2\n")
    thirty.define(desk, {"monitor": {"m": thirty.monitor(1, "text")}})
    (desk.folder / name).unlink(missing_ok=True)
    (desk.folder / name).symlink_to(tmp_path / "netrc")
    for command in (("plan",), ("validate",), ("lint",), ("test",), ("fmt",), ("validate", "--format=json")):
        ran = desk.ddconf(*command)
        assert "hunter2" not in ran.out + ran.err, (command, ran.out, ran.err)


def test_the_name_of_a_file_begins_no_line_of_its_own(desk: Desk) -> None:
    desk.write("y\n::error::g.yaml", "monitor: {q: [}\n")
    for command in (("plan",), ("validate",), ("lint",), ("fmt",)):
        ran = desk.ddconf(*command)
        assert "y\\n::error::g.yaml" in ran.err, (command, ran.err)
        assert not any(line.startswith("::") for line in (ran.out + ran.err).splitlines()), command


def test_a_definition_cannot_name_a_file_or_a_variable_of_the_environment(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRIVATE", "canary")
    for text in ("${file./etc/passwd}", "${env.PRIVATE}", "${secret.PRIVATE}", "${var.PRIVATE}"):
        thirty.define(desk, {"monitor": {"m": thirty.monitor(1, text)}})
        ran = desk.ddconf("apply", "--auto-approve")
        assert ran.code == 1, text
        assert "canary" not in ran.out + ran.err
    assert desk.api("GET", "/api/v1/monitor") == []


def change_of(plan: Plan, address: str) -> Plan:
    found: Plan = next(item for item in plan["changes"] if item["address"] == address)
    return found


def theirs(desk: Desk) -> str:
    """The id of a monitor that is not ours."""
    return str(next(item["id"] for item in desk.api("GET", "/api/v1/monitor") if item["name"] == "CPU 99"))


def delete_theirs(desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["id"] = theirs(desk)


def delete_what_was_never_ours(desk: Desk, plan: Plan) -> None:
    plan["changes"].append(change_of(plan, "monitor.m5") | {"address": "monitor.theirs", "id": theirs(desk)})


def update_theirs(desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m1")["id"] = theirs(desk)


def traverse(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["id"] = "../dashboard/x"


def climb(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["id"] = ".."


def delete_the_protected(_desk: Desk, plan: Plan) -> None:
    change = change_of(plan, "monitor.m5")
    change |= {"address": "monitor.m9", "moved_from": "monitor.m7", "protect": False}
    plan["changes"] = [item for item in plan["changes"] if item is change or item["address"] != "monitor.m9"]


def delete_an_index(_desk: Desk, plan: Plan) -> None:
    plan["changes"].append(
        change_of(plan, "monitor.m5") | {"address": "logs_index.main", "id": "main", "before": {}}
    )


def write_what_needs_an_opt_in(_desk: Desk, plan: Plan) -> None:
    plan["changes"].append(
        change_of(plan, "monitor.m1") | {"address": "logs_integration_pipeline.nginx", "id": "x"}
    )


def become_another_kind(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["moved_from"] = "dashboard.old"


def adopt_what_is_owned(_desk: Desk, plan: Plan) -> None:
    change = change_of(plan, "monitor.m1")
    plan["changes"].append(change | {"address": "monitor.twin", "action": "adopt"})


def wait_for_itself(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m1")["depends_on"] = ["monitor.m2"]
    change_of(plan, "monitor.m2")["depends_on"] = ["monitor.m1"]


def lead_nowhere(_desk: Desk, plan: Plan) -> None:
    for item in change_of(plan, "monitor.m1")["fields"]:
        item["path"] = "message.deeper[3].still"


def unknown_kind(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["address"] = "os.system"


def unknown_action(_desk: Desk, plan: Plan) -> None:
    change_of(plan, "monitor.m5")["action"] = "exec"


def newer_format(_desk: Desk, plan: Plan) -> None:
    plan["format"] = 2


def other_site(_desk: Desk, plan: Plan) -> None:
    plan["site"] = "datadoghq.eu"


def other_lineage(_desk: Desk, plan: Plan) -> None:
    plan["lineage"] = "0" * 32


HOSTILE = (
    delete_theirs,
    delete_what_was_never_ours,
    update_theirs,
    traverse,
    climb,
    delete_the_protected,
    delete_an_index,
    write_what_needs_an_opt_in,
    become_another_kind,
    adopt_what_is_owned,
    wait_for_itself,
    lead_nowhere,
    unknown_kind,
    unknown_action,
    newer_format,
    other_site,
    other_lineage,
)


@pytest.mark.parametrize("spoil", HOSTILE)
def test_a_hostile_plan_does_nothing_that_a_plan_could_not(
    desk: Desk, spoil: Callable[[Desk, Plan], None]
) -> None:
    first = thirty.before()
    first["monitor"]["m7"]["ddconf"] = {"protect": True}
    desk.api("POST", "/api/v1/monitor", thirty.monitor(99, "theirs"))
    thirty.define(desk, first)
    desk.done("apply", "--auto-approve")
    second = thirty.after()
    second["monitor"]["m7"] = first["monitor"]["m7"]
    thirty.define(desk, second)
    file = desk.folder / "plan.json"
    desk.done("plan", "--out", str(file))
    plan = json.loads(file.read_text())
    spoil(desk, plan)
    file.write_text(json.dumps(plan))
    kept = untouchable(desk)
    ran = desk.ddconf("apply", str(file))
    assert ran.code in (1, 3, 4, 5) or spoil is lead_nowhere, ran.out
    assert "Traceback" not in ran.err
    assert untouchable(desk) == kept
    assert thirty.orphans(desk) == []
    desk.done("apply", "--auto-approve")
    assert "No changes." in desk.done("plan")
    assert thirty.counts(desk)["monitor"] == 11


def untouchable(desk: Desk) -> Any:
    """What no plan of these definitions may change."""
    monitors = [item for item in desk.api("GET", "/api/v1/monitor") if item["name"] in ("CPU 99", "CPU 7")]
    indexes = [item["name"] for item in desk.api("GET", "/api/v1/logs/config/indexes")["indexes"]]
    pipelines = [item for item in desk.api("GET", "/api/v1/logs/config/pipelines") if item["is_read_only"]]
    return monitors, indexes, pipelines
