"""The wheel, built and installed into an empty environment, does the job without the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ddconf
from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]

PIP = ("-m", "pip", "--quiet", "--disable-pip-version-check")
MONITOR = """\
monitor:
  cpu_high:
    name: CPU is high
    type: query alert
    query: avg(last_5m):avg:system.cpu.user{*} > 90
    message: CPU of {{host.name}} is high.
    options: {thresholds: {critical: 90}}
"""


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([python, *PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT], check=True)
    [wheel] = folder.glob("ddconf-*.whl")
    subprocess.run([python, *PIP, "install", wheel], check=True)
    return python.parent


def run(folder: Path, *command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run away from the checkout, with nothing of it or of any keys in the environment."""
    env = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=env, text=True, capture_output=True, check=False)


def test_the_console_script_prints_the_version(programs, tmp_path):
    assert run(tmp_path, programs / "ddconf", "--version").stdout == f"ddconf {ddconf.__version__}\n"


def test_the_module_runs_as_the_console_script_does(programs, tmp_path):
    assert (
        run(tmp_path, programs / "python", "-m", "ddconf", "version").stdout
        == f"ddconf {ddconf.__version__}\n"
    )


def test_the_wheel_holds_the_package_and_nothing_else(programs):
    [site] = programs.parent.glob("lib/python*/site-packages")
    assert (site / "ddconf" / "py.typed").exists()
    assert not {"tests", "docs", "benchmarks", "definitions"} & {path.name for path in site.iterdir()}


def test_a_plan_on_the_sandbox_needs_nothing_but_the_wheel(programs, tmp_path):
    (tmp_path / "monitors.yaml").write_text(MONITOR, encoding="utf-8")
    planned = run(tmp_path, programs / "ddconf", "--sandbox", "plan", "--detailed-exitcode")
    assert planned.returncode == 2, planned.stderr
    assert "Plan: 1 to add, 0 to change, 0 to destroy." in planned.stdout
