"""What people bring along from Terraform: its flags, its state commands, its JSON."""

from __future__ import annotations

import json

from tests.e2e.conftest import Desk

EMPTY = "No changes."
MONITOR = """
    monitor:
      cpu:
        name: CPU of ${var.env}
        type: query alert
        query: avg(last_5m):avg:system.cpu.user{env:${var.env}} > ${var.limit}
        message: busy
"""
SLO = """
    service_level_objective:
      fine:
        name: Fine
        type: monitor
        monitor_ids: ["${monitor.cpu}"]
        thresholds: [{timeframe: 30d, target: 99.9}]
"""
SETTINGS = """
    variables:
      env: dev
      limit: 90
"""


def begin(desk: Desk) -> None:
    desk.write("ddconf.yaml", SETTINGS)
    desk.write("monitors.yaml", MONITOR)
    desk.done("apply", "-auto-approve", "-input=false")


def monitors(desk: Desk) -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.api("GET", "/api/v1/monitor")
    return found


def test_variables_come_from_files_and_the_command_line_wins(desk: Desk) -> None:
    begin(desk)
    desk.write("prod.vars.yaml", "env: prod\nlimit: 80\n")
    more = desk.write("more.vars.json", '{"limit": 70}')
    files = ("--var-file", str(desk.folder / "prod.vars.yaml"), f"-var-file={more}")
    desk.done("apply", "--auto-approve", *files)
    assert [one["query"] for one in monitors(desk)] == ["avg(last_5m):avg:system.cpu.user{env:prod} > 70"]
    out = desk.done("plan", *files, "--var", "limit=60")
    assert "> 60" in out
    assert f"--var limit=60 --var-file {desk.folder / 'prod.vars.yaml'}" in out


def test_a_file_of_variables_that_there_are_not_is_refused(desk: Desk) -> None:
    begin(desk)
    file = desk.write("bad.vars.yaml", "limt: 80\n")
    ran = desk.ddconf("plan", "--var-file", str(file))
    assert (ran.code, "--var-file: no such variable 'limt'" in ran.err) == (1, True)
    assert "did you mean" in ran.err
    file.write_text("[1]")
    assert "expected variables with their values" in desk.ddconf("plan", "--var-file", str(file)).err


def test_an_object_is_replaced_when_asked_and_what_refers_to_it_follows(desk: Desk) -> None:
    begin(desk)
    desk.write("slos.yaml", SLO)
    desk.done("apply", "--auto-approve")
    (before,) = monitors(desk)
    out = desk.done("plan", "-replace=monitor.cpu")
    assert "monitor.cpu [id=" in out and "must be replaced (as --replace says)" in out
    assert "run: ddconf apply" in out and "--replace monitor.cpu" in out
    desk.done("apply", "--auto-approve", "--replace", "monitor.cpu")
    (after,) = monitors(desk)
    assert after["id"] != before["id"]
    (slo,) = desk.api("GET", "/api/v1/slo")["data"]
    assert slo["monitor_ids"] == [after["id"]]
    assert EMPTY in desk.done("plan")


def test_what_cannot_be_replaced_is_refused(desk: Desk) -> None:
    begin(desk)
    assert "neither defined nor in the state" in desk.ddconf("plan", "--replace", "monitor.none").err
    desk.write(
        "monitors.yaml", MONITOR.replace("        name:", "        ddconf: {protect: true}\n        name:")
    )
    desk.done("apply", "--auto-approve")
    ran = desk.ddconf("plan", "--replace", "monitor.cpu")
    assert (ran.code, "protected" in ran.err) == (3, True)
    desk.state.unlink()
    assert "ddconf does not own it" in desk.ddconf("plan", "--replace", "monitor.cpu").err
    desk.write("order.yaml", "logs_pipeline_order: {main: {pipeline_ids: []}}\n")
    ran = desk.ddconf("plan", "--replace", "logs_pipeline_order.main")
    assert "cannot be deleted and created" in ran.err


def test_without_input_nobody_is_asked(desk: Desk) -> None:
    desk.write("ddconf.yaml", SETTINGS)
    desk.write("monitors.yaml", MONITOR)
    ran = desk.ddconf("apply", "-input=false")
    assert (ran.code, "use --auto-approve" in ran.err) == (1, True)
    assert monitors(desk) == []


def test_a_state_is_pulled_and_pushed_but_never_an_older_one_or_that_of_another(desk: Desk) -> None:
    begin(desk)
    copy = desk.write("copy.json", desk.done("state", "pull"))
    desk.done("apply", "--auto-approve", "--var", "limit=80")
    ran = desk.ddconf("state", "push", str(copy))
    assert (ran.code, "is older (serial 1)" in ran.err) == (1, True)
    assert EMPTY in desk.done("plan", "--var", "limit=80")
    desk.done("state", "push", "--force", str(copy))
    now = json.loads(desk.done("state", "pull"))
    assert now["serial"] == 3
    assert now["entries"]["monitor.cpu"]["applied"]["query"].endswith("> 90")
    copy.write_text(copy.read_text().replace('"lineage":"', '"lineage":"x'))
    assert "another lineage" in desk.ddconf("state", "push", str(copy)).err
    copy.write_text("{}")
    assert desk.ddconf("state", "push", "--force", str(copy)).code == 1


def test_a_plan_is_told_in_terraforms_json(desk: Desk) -> None:
    begin(desk)
    desk.write("slos.yaml", SLO)
    shown = json.loads(desk.done("plan", "--format", "terraform", "--var", "limit=80"))
    changes = {item["address"]: item["change"] for item in shown["resource_changes"]}
    assert changes["monitor.cpu"]["actions"] == ["update"]
    assert changes["monitor.cpu"]["after"]["query"].endswith("> 80")
    assert changes["service_level_objective.fine"]["actions"] == ["create"]
    desk.done("plan", f"-out={desk.folder / 'p.json'}")
    saved = json.loads(desk.done("show", "--format=terraform", str(desk.folder / "p.json")))
    assert [item["address"] for item in saved["resource_changes"]] == ["service_level_objective.fine"]
    assert json.loads(desk.done("show", "-json", str(desk.folder / "p.json")))["format"] == 1


def test_the_references_are_a_graph(desk: Desk) -> None:
    begin(desk)
    desk.write("slos.yaml", SLO)
    out = desk.done("graph")
    assert out.startswith("digraph ddconf {\n")
    assert '"service_level_objective.fine" -> "monitor.cpu";' in out


def test_what_ddconf_writes_itself_is_not_formatted_nor_read(desk: Desk) -> None:
    begin(desk)
    desk.write("copy.json", desk.done("state", "pull"))
    desk.write("tf.json", desk.done("plan", "--format", "terraform"))
    desk.done("plan", f"--out={desk.folder / 'p.json'}")
    before = (desk.folder / "p.json").read_bytes()
    assert "json" not in desk.done("fmt")
    assert (desk.folder / "p.json").read_bytes() == before
    assert EMPTY in desk.done("plan")


def test_keys_are_tried_on_every_list_and_on_no_path_that_wants_an_id(desk: Desk) -> None:
    desk.folder.mkdir(exist_ok=True)
    out = desk.done("auth", "check")
    rows = dict(line.split(maxsplit=1) for line in out.splitlines()[1:-1])
    assert rows["monitor"] == "can be read"
    assert rows["webhook"] == rows["case_view"] == "not checked: no list endpoint"
    assert rows["logs_facet"] == "not checked: no public API"
    assert "kinds; " in out.splitlines()[-1]
    assert "were not checked." in out.splitlines()[-1]


def test_drift_ends_in_a_sentence_on_what_changed_and_what_was_made_outside(desk: Desk) -> None:
    begin(desk)
    none = desk.done("drift").splitlines()[-1]
    assert none == "No drift: nothing that ddconf manages was changed outside since the last apply."
    (monitor,) = desk.api("GET", "/api/v1/monitor")
    desk.api("PUT", f"/api/v1/monitor/{monitor['id']}", {"message": "very hot"})
    body = {"name": "mine", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 9", "message": "m"}
    desk.api("POST", "/api/v1/monitor", body)
    said = desk.done("drift")
    last = said.splitlines()[-1]
    assert last.startswith("Drift: 1 changed outside ddconf since the last apply. 1 object was made outside;")
    assert "changed outside ddconf on 20" in said
