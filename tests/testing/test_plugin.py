"""The pytest plugin as a stranger's project uses it, and the example project itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ddconf.testing import SandboxFailed, sandbox

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pytest-project"


def run_pytest(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """With the plugin named, as if it were not installed."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(
        [*command, "-p", "ddconf.testing.plugin"], cwd=folder, env=environment, capture_output=True, text=True
    )


@pytest.mark.slow
def test_the_example_project_passes() -> None:
    result = run_pytest(EXAMPLE)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
def test_a_test_sees_no_data_of_another(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "def send(datadog):\n"
        "    assert datadog.logs() == []\n"
        "    datadog.ask('/api/v2/logs', [{'message': 'a', 'service': 's'}])\n"
        "    assert [log.service for log in datadog.logs('a')] == ['s']\n"
        "def test_one(datadog): send(datadog)\n"
        "def test_two(datadog): send(datadog)\n"
        "def test_refused(datadog):\n"
        "    try: datadog.logs('(')\n"
        "    except RuntimeError as error: assert '400' in str(error)\n"
    )
    result = run_pytest(tmp_path)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.slow
def test_a_seed_with_a_mistake_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("logs_index: {a: {nme: a}}")
    with pytest.raises(SandboxFailed, match="nme"), sandbox(tmp_path):
        pass
