"""The workflows of docs/ci.md do on the sandbox what the page says, with a stand-in for GitHub's program."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
MARK = "<!-- ddconf plan: sandbox -->"
GH = """#!/bin/sh
echo "$*" >> "$HOME/gh.log"
case "$*" in
  *--paginate*) cat "$HOME/comment" ;;
  "issue list"*) cat "$HOME/issue" ;;
esac
"""


def workflow(name: str) -> Any:
    """The YAML block that begins with a comment of the file's name."""
    blocks = [block.partition("```")[0] for block in PAGE.split("```yaml\n")[1:]]
    (found,) = [block for block in blocks if block.startswith(f"# {name}")]
    return yaml.safe_load(found)


def script(job: Any, step: str) -> str:
    (found,) = [one["run"] for one in job["steps"] if one.get("name") == step]
    return str(found)


class Runner:
    """A machine that runs steps, in a folder with an organisation of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir()
        gh = folder / "bin" / "gh"
        gh.write_text(GH)
        gh.chmod(0o755)
        for name in ("comment", "issue", "output", "summary", "gh.log"):
            (folder / name).write_text("")
        self.work = folder / "work"
        self.work.mkdir()

    def run(self, text: str) -> int:
        """The exit code of a step, run as GitHub runs them."""
        programs = [str(self.folder / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]]
        env = {
            "PATH": os.pathsep.join(programs),
            "HOME": str(self.folder),
            "DDCONF_SANDBOX": "1",
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GITHUB_STEP_SUMMARY": str(self.folder / "summary"),
            "GITHUB_REPOSITORY": "acme/observability",
            "PR": "7",
        }
        ran = subprocess.run(["bash", "-e", "-c", text], cwd=self.work, env=env, capture_output=True)
        self.said = (ran.stdout + ran.stderr).decode()
        return ran.returncode

    def read(self, name: str) -> str:
        return (self.folder / name).read_text()


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    if not shutil.which("bash"):
        pytest.skip("no bash")
    found = Runner(tmp_path)
    assert found.run("ddconf init") == 0
    return found


@pytest.mark.slow
def test_the_plan_of_a_pull_request_is_one_comment_a_summary_and_an_output(runner: Runner) -> None:
    job = workflow(".github/workflows/ddconf.yaml")["jobs"]["plan"]
    assert runner.run("ddconf lint --format github; ddconf validate") == 0, runner.said
    assert runner.run(script(job, "Plan")) == 0, runner.said
    assert runner.read("output") == "changes=true\n"
    assert runner.run(script(job, "Show")) == 0, runner.said
    assert runner.read("summary").startswith(f"{MARK}\n### ddconf plan: 1 to add")
    assert "pr comment 7 --body-file plan.md" in runner.read("gh.log")
    (runner.folder / "comment").write_text("4711\n")
    assert runner.run(script(job, "Show")) == 0, runner.said
    log = runner.read("gh.log")
    assert f'startswith("{MARK}")' in log
    assert "--method PATCH repos/acme/observability/issues/comments/4711 --field body=@plan.md" in log


@pytest.mark.slow
def test_a_plan_without_changes_has_no_output_and_one_that_is_stopped_fails(runner: Runner) -> None:
    job = workflow(".github/workflows/ddconf.yaml")["jobs"]["plan"]
    assert runner.run(workflow(".github/workflows/ddconf.yaml")["jobs"]["apply"]["steps"][-1]["run"]) == 0
    assert runner.run(script(job, "Plan")) == 0, runner.said
    assert runner.read("output") == ""
    (runner.work / "monitors.yaml").write_text("{}")
    (runner.work / "ddconf.yaml").write_text("limits: {minimum: 0, deletes: 0}\n")
    assert runner.run(script(job, "Plan")) == 3, runner.said
    assert (runner.work / "plan.json").exists()


@pytest.mark.slow
def test_drift_is_one_issue_that_comes_and_goes(runner: Runner) -> None:
    step = script(workflow(".github/workflows/drift.yaml")["jobs"]["drift"], "Drift")
    assert runner.run("ddconf apply --auto-approve") == 0
    assert runner.run(step) == 0, runner.said
    assert "issue create" not in runner.read("gh.log")
    state = runner.work / ".ddconf" / "sandbox" / "state.json"
    state.write_text(state.read_text().replace("CPU is high on prod", "Another name"))
    assert runner.run(step) == 0, runner.said
    assert "issue create --title Datadog was changed by hand --body-file drift.md" in runner.read("gh.log")
    (runner.folder / "issue").write_text("12\n")
    assert runner.run(step) == 0, runner.said
    assert "issue edit 12 --body-file drift.md" in runner.read("gh.log")


@pytest.mark.slow
def test_gitlabs_report_is_what_its_widget_reads(runner: Runner) -> None:
    pipeline = workflow(".gitlab-ci.yml")
    assert runner.run("\n".join(pipeline["plan"]["script"])) == 0, runner.said
    assert json.loads((runner.work / "report.json").read_text()) == {"create": 1, "update": 0, "delete": 0}
    assert {"plan.json"} == set(pipeline["plan"]["artifacts"]["paths"])


def test_every_other_block_is_yaml() -> None:
    for block in PAGE.split("```yaml\n")[1:]:
        assert yaml.safe_load(block.partition("```")[0])
