"""Recorded logs before a change is applied: in the plan, on their own, and as the page tells it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ddconf.emulator.faults import calls, refuse
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.log_files import numbered_blocks
from tests.conftest import ROOT
from tests.e2e.conftest import Desk
from tests.operations.replay.shop import RETURNED, SOLD, archive, pipeline

_SHELL = re.compile(r"(?<!-->\n)```sh\n(?P<script>.*?)```", re.DOTALL)
_PRINTED = re.compile(r"```text\n(?P<text>.*?)```", re.DOTALL)


def define(desk: Desk, *rules: str, name: str = "shop") -> None:
    desk.write(f"{name}.json", json.dumps({"logs_custom_pipeline": {name: pipeline(*rules)}}))


@pytest.fixture
def applied(desk: Desk) -> Desk:
    """A shop's pipeline is live, and a rule of it is about to go."""
    define(desk, SOLD, RETURNED)
    desk.done("apply", "--auto-approve")
    define(desk, SOLD)
    archive(desk.folder / "archive")
    return desk


def test_a_plan_tells_what_it_would_have_done_to_recorded_logs(applied: Desk) -> None:
    text = applied.done("plan", "--replay", str(applied.folder / "archive"))
    assert "Replay of recorded logs:\n  7 of 42 logs come out otherwise" in text
    assert "lost: Shop / Text / returned (7 logs)" in text
    assert "Replay of recorded logs" not in applied.done("plan")


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("markdown", "<summary>Replay: 7 of 42 logs come out otherwise</summary>"),
        ("html", "<h2>Replay <small>7 of 42 logs come out otherwise</small></h2>"),
    ],
)
def test_the_section_is_in_the_other_formats(applied: Desk, output: str, told: str) -> None:
    page = applied.done("plan", "--format", output, "--replay", str(applied.folder / "archive"))
    assert told in page
    assert "Shop / Text / returned" in page


def test_a_plan_as_json_has_the_report_and_can_be_shown_and_applied(applied: Desk) -> None:
    given = ("plan", "--format", "json", "--replay", str(applied.folder / "archive"))
    plan = json.loads(applied.done(*given))
    assert (plan["replay"]["changed"], plan["replay"]["logs"]) == (7, 42)
    applied.write("plan.json", json.dumps(plan))
    assert "1 to change" in applied.done("show", str(applied.folder / "plan.json"))


def test_a_plan_without_changes_changes_no_log(applied: Desk) -> None:
    define(applied, SOLD, RETURNED)
    text = applied.done("plan", "--replay", str(applied.folder / "archive"))
    assert "No changes." in text and "0 of 42 logs come out otherwise" in text


def test_what_was_changed_by_hand_is_what_is_live(applied: Desk) -> None:
    define(applied, SOLD, RETURNED)
    listed = applied.api("GET", "/api/v1/logs/config/pipelines")
    live = next(item for item in listed if item["name"] == "Shop")
    body = {**pipeline(SOLD), "name": "Shop"}
    applied.api("PUT", f"/api/v1/logs/config/pipelines/{live['id']}", body)
    text = applied.done("plan", "--replay", str(applied.folder / "archive"))
    assert "gained: Shop / Text / returned (7 logs)" in text


def test_a_pipeline_out_of_scope_stays_as_it_is(applied: Desk) -> None:
    define(applied, RETURNED, name="second")
    folder = str(applied.folder / "archive")
    text = applied.done("plan", "--target=logs_custom_pipeline.second", "--replay", folder)
    assert "lost" not in text
    text = applied.done("plan", "--exclude=logs_custom_pipeline.shop", "--replay", folder)
    assert "lost" not in text
    (applied.folder / "shop.json").unlink()
    text = applied.done("plan", "--replay", folder)
    assert "lost: Shop / Text / sold (35 logs)" in text
    text = applied.done("plan", "--destroy", "--replay", folder)
    assert "lost: Shop / Text / sold (35 logs)" in text


def test_replay_takes_the_live_pipelines_from_the_state(applied: Desk) -> None:
    ran = applied.ddconf("replay", str(applied.folder / "archive"))
    assert (ran.code, "7 of 42 logs come out otherwise" in ran.out) == (2, True)
    page = applied.ddconf("replay", str(applied.folder / "archive"), "--format", "html").out
    assert page.startswith("<!doctype html>") and "Shop / Text / returned" in page


def test_logs_of_the_organisation_are_recorded_and_replayed(applied: Desk) -> None:
    logs = [
        {"ddsource": "shop", "message": f"returned {number}", "usr": {"email": "ann@shop.example"}}
        for number in range(3)
    ]
    applied.api("POST", "/api/v2/logs", logs)
    out = applied.folder / "logs.jsonl.zst"
    ran = applied.ddconf("record", "--from", "1h", "--mask", "usr.email", "--out", str(out))
    assert (ran.code, "3 logs in" in ran.err) == (0, True), ran
    ran = applied.ddconf("replay", str(out), "--format", "json")
    assert (json.loads(ran.out)["logs"], "ann@" in ran.out) == (3, False)
    again = applied.ddconf("record", "--from", "1h", "--out", str(out))
    assert (again.code, "exists already" in again.err) == (1, True)


def test_a_recording_waits_for_the_rate_limit_and_misses_nothing(applied: Desk) -> None:
    logs = [{"ddsource": "shop", "message": f"returned {number}"} for number in range(1_001)]
    for at in range(0, 1_001, 500):
        applied.api("POST", "/api/v2/logs", logs[at : at + 500])
    applied.app.faults.on(refuse(429, retry_after=1), calls("POST", "/api/v2/logs/events/search"), skip=1)
    out = applied.folder / "logs.jsonl"
    ran = applied.ddconf("record", "--from", "1h", "--out", str(out))
    assert (ran.code, "1,001 logs in" in ran.err) == (0, True), ran
    ids = [json.loads(line)["id"] for line in out.read_text().splitlines()]
    assert len(set(ids)) == len(ids) == 1_001


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_nothing_of_what_is_masked_and_is_gone_on_with(
    tmp_path: Path,
) -> None:
    archived = tmp_path / "archive.jsonl"
    event = {
        "source": "shop",
        "message": "by ann@shop.example",
        "attributes": {"usr": {"email": "ann@shop.example"}},
    }
    archived.write_text("".join(f"{json.dumps({**event, '_id': str(n)})}\n" for n in range(30_000)))
    work = tmp_path / "work"
    work.mkdir()
    command = [sys.executable, "-m", "ddconf", "record", "--archive", str(archived), "--sample", "30000"]
    command += ["--mask", "usr.email", "--out", "logs.jsonl.zst"]
    env = {**os.environ, "HOME": str(work), "XDG_CACHE_HOME": str(work), "TMPDIR": str(work)}
    env |= {"PYTHONPATH": str(ROOT), "DDCONF_CACHE_DIR": str(work / "cache")}
    notes = work / ".logs.jsonl.zst.progress"
    with subprocess.Popen(command, cwd=work, env=env, stderr=subprocess.DEVNULL) as process:
        while not notes.exists() or json.loads(notes.read_text())["logs"] < 1_000:
            assert process.poll() is None
            time.sleep(0.02)
        process.kill()
    done = json.loads(notes.read_text())["logs"]
    assert 1_000 <= done < 30_000
    found = work / "logs.jsonl.zst"
    assert b"ann@" not in b"".join(file.read_bytes() for file in work.rglob("*") if file.is_file())
    subprocess.run(command, cwd=work, env=env, check=True, capture_output=True)
    lines = [line for _, block in numbered_blocks(RecordedFile("", str(found), "")) for line in block]
    assert [json.loads(line)["_id"] for line in lines] == [str(number) for number in range(30_000)]
    assert "ann@" not in "".join(lines)
    assert len({json.loads(line)["attributes"]["usr"]["email"] for line in lines}) == 1


@pytest.mark.slow
def test_the_page_shows_what_its_commands_print(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "replay.md").read_text(encoding="utf-8")
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    folders = [ROOT / "tests" / "journeys" / "bin", Path(sys.executable).parent]
    env = {
        "PATH": os.pathsep.join([*map(str, folders), os.environ["PATH"]]),
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "DDCONF_SANDBOX": "1",
        "NO_COLOR": "1",
    }
    script = "\n".join(found["script"] for found in _SHELL.finditer(page))
    ran = subprocess.run(
        ["sh", "-eu", "-c", script], cwd=tmp_path, env=env, text=True, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    printed = [found["text"] for found in _PRINTED.finditer(page)]
    assert printed
    for text in printed:
        assert text in ran.stdout
