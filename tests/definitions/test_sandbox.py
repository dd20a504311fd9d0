"""The shipped definitions as a user meets them: valid, and applied to the sandbox in one go."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.operations.validate import validate
from tests.definitions.conftest import FOLDER


def ddconf(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "ddconf", "-C", str(folder), "--sandbox", "--no-color", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def applied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the definitions, applied to a sandbox of its own."""
    folder = tmp_path_factory.mktemp("applied") / "definitions"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns(".ddconf"))
    result = ddconf(folder, "apply", "--auto-approve")
    assert result.returncode == 0, result.stdout + result.stderr
    return folder


def test_the_shipped_definitions_have_no_mistake_and_no_warning() -> None:
    definitions = load(FOLDER, read(FOLDER))
    assert definitions.warnings == ()
    assert validate(definitions) == []


def test_after_an_apply_nothing_is_left_to_do(applied: Path) -> None:
    result = ddconf(applied, "plan", "--detailed-exitcode")
    assert result.returncode == 0, result.stdout
    assert "No changes" in result.stdout


def test_they_are_formatted_as_fmt_would(applied: Path) -> None:
    result = ddconf(applied, "fmt", "--check")
    assert result.returncode == 0, result.stdout
