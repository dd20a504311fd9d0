"""The shell commands of the README and of docs/ work, on the sandbox, in the order they are written."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

BLOCK = re.compile(r"(?P<skip><!-- not run: [^>]+ -->\n)?```sh\n(?P<script>.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)(?P<target>[^)#]+)")
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def script(page: Path) -> str:
    """Every block of shell commands that is not marked as not to be run."""
    blocks = BLOCK.finditer(page.read_text(encoding="utf-8"))
    return "\n".join(block["script"] for block in blocks if not block["skip"])


def name(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in PAGES if script(page)], ids=name)
def test_the_commands_of_a_page_work(page, tmp_path):
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    env = {"PATH": programs, "HOME": str(tmp_path), "DDCONF_SANDBOX": "1", "NO_COLOR": "1"}
    ran = subprocess.run(
        ["sh", "-eux", "-c", script(page)], cwd=tmp_path, env=env, text=True, capture_output=True, check=False
    )
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-3000:]


def test_there_are_commands_to_run():
    assert "ddconf" in script(ROOT / "README.md")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_of_a_page_leads_somewhere(page):
    broken = [
        target
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists()
    ]
    assert not broken
