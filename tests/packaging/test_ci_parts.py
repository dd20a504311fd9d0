"""What CI systems load: the action's script before a false `gh`, the GitLab component, the hooks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from ddconf.cli.group import files
from tests.conftest import ROOT
from tests.e2e.conftest import Desk, desk

__all__ = ["desk"]

GH = """#!/usr/bin/env python3
import json, os, pathlib, sys
store = pathlib.Path(os.environ["COMMENTS"])
comments = json.loads(store.read_text()) if store.exists() else []
if sys.argv[1:3] == ["pr", "comment"]:
    comments.append(pathlib.Path(sys.argv[5]).read_text())
elif "PATCH" in sys.argv:
    comments[int(sys.argv[4].rsplit("/", 1)[1])] = pathlib.Path(sys.argv[6].partition("@")[2]).read_text()
else:
    for number, body in enumerate(comments):
        print(f"{number}\\t{body.splitlines()[0]}")
store.write_text(json.dumps(comments))
"""
MONITOR = {"name": "A", "type": "metric alert", "query": "avg(last_5m):avg:a{*} > 1", "message": "m @a@b.de"}


@dataclass(frozen=True)
class Runner:
    """A runner of GitHub as far as the script sees one."""

    desk: Desk
    folder: Path

    def run(self, command: str, **more: str) -> subprocess.CompletedProcess[str]:
        env = {
            **os.environ,
            "PATH": f"{self.folder}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "GITHUB_ACTIONS": "true",
            "GITHUB_REPOSITORY": "team/monitoring",
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "RUNNER_TEMP": str(self.folder),
            "COMMENTS": str(self.folder / "comments.json"),
            "DDCONF_COMMAND": command,
            "DDCONF_PULL_REQUEST": "7",
            **more,
        }
        script = ["bash", str(ROOT / "ci/github.sh")]
        return subprocess.run(script, cwd=self.desk.folder, env=env, text=True, capture_output=True)

    @property
    def comments(self) -> list[str]:
        found: list[str] = json.loads((self.folder / "comments.json").read_text())
        return found

    @property
    def output(self) -> str:
        return (self.folder / "output").read_text()


@pytest.fixture
def runner(desk: Desk, tmp_path: Path) -> Runner:
    folder = tmp_path / "runner"
    folder.mkdir()
    program = f'#!/bin/sh\nexec {sys.executable} -m ddconf "$@"\n'
    for name, text in (("gh", GH), ("ddconf", program)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    desk.write("ddconf.yaml", "environments:\n  staging: {}\n  prod: {}\n")
    desk.write("a.json", json.dumps({"monitor": {"a": MONITOR}}))
    return Runner(desk, folder)


def test_a_pull_request_has_one_comment_per_environment_that_follows_it(runner: Runner) -> None:
    for environment in ("staging", "prod", "staging"):
        ran = runner.run("plan", DDCONF_ENVIRONMENT=environment)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "changes=true" in runner.output
    first, second = runner.comments
    assert first.splitlines()[0].endswith("staging -->") and second.splitlines()[0].endswith("prod -->")
    assert "environment: <code>prod</code>" in second
    ran = runner.run("apply", DDCONF_ENVIRONMENT="staging")
    assert ran.returncode == 0 and "Apply complete!" in ran.stdout, ran.stdout + ran.stderr
    assert runner.run("plan", DDCONF_ENVIRONMENT="staging").returncode == 0
    assert "no changes" in runner.comments[0] and len(runner.comments) == 2


def test_a_plan_that_a_limit_stops_is_red_and_shown(runner: Runner) -> None:
    runner.desk.write("b.json", json.dumps({"monitor": {"b": {**MONITOR, "name": "B"}}}))
    assert runner.run("apply").returncode == 0
    for name in ("a.json", "b.json"):
        (runner.desk.folder / name).unlink()
    runner.desk.write(
        "c.json", json.dumps({"dashboard": {"c": {"title": "C", "layout_type": "ordered", "widgets": []}}})
    )
    assert runner.run("plan").returncode == 3
    assert "2 to destroy" in runner.comments[0]


def test_a_mistake_is_an_annotation_and_ends_the_run(runner: Runner) -> None:
    runner.desk.write("a.json", json.dumps({"monitor": {"a": {**MONITOR, "type": "logs alert"}}}))
    ran = runner.run("plan")
    assert ran.returncode == 1
    assert "logs alert" in ran.stdout + ran.stderr


def test_no_text_of_the_environment_is_run(runner: Runner, tmp_path: Path) -> None:
    mark = tmp_path / "owned"
    for text in (f"$(touch {mark})", f"; touch {mark}", f"`touch {mark}`"):
        runner.run("plan", DDCONF_ARGUMENTS=text, DDCONF_ENVIRONMENT=text)
    assert not mark.exists()
    assert runner.run("destroy").returncode == 1


def test_the_hooks_and_components_call_commands_that_exist() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    assert {hook["entry"].split()[1] for hook in hooks} <= files().keys()
    action = yaml.safe_load((ROOT / "action.yml").read_text())
    assert action["runs"]["using"] == "composite"
    assert (ROOT / "ci/github.sh").read_text().count("${{") == 0
    inputs, jobs = yaml.safe_load_all((ROOT / "ci/gitlab/ddconf.yml").read_text())
    called = [line.split()[1] for job in jobs.values() for line in job.get("script", ())]
    assert set(called) <= files().keys() and inputs["spec"]["inputs"]["source"]
