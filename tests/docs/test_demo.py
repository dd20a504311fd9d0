"""`make demo`: it comes to its end, and what it says to do next works."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_demo_and_what_it_says_to_do_next(tmp_path: Path) -> None:
    scripts = Path(sys.executable).parent
    env = {**os.environ, "PATH": f"{scripts}:{os.environ['PATH']}"}
    shown = subprocess.run(
        [ROOT / "docs" / "demo.sh", tmp_path / "demo"], env=env, capture_output=True, text=True, check=True
    ).stdout
    assert "\033" not in shown
    assert "No changes. Live configuration matches the definitions" in shown
    assert "The plan of what was exported is empty." in shown
    command = shown.splitlines()[-1].split()
    assert command[0] == ".venv/bin/ddconf"

    def again() -> str:
        words = [str(scripts / "ddconf"), *command[1:]]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout

    assert "No changes." in again()
    board = tmp_path / "demo" / "definitions" / "netflow" / "dashboard.yaml"
    text = board.read_text(encoding="utf-8")
    board.write_text(text.replace("title: ", "title: New ", 1), encoding="utf-8")
    assert "1 to change" in again()
