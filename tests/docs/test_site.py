"""The documentation as a site: its links, its navigation, and that it needs no network."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT

OUTSIDE_NAVIGATION = {"kinds-left-out.md"}
LOADED = re.compile(
    r"""<(?:script|img|iframe)[^>]*\ssrc="https?:|<link[^>]*rel="stylesheet"[^>]*href="https?:"""
)


def pages(entry: object) -> list[str]:
    """The files that a part of the navigation names."""
    if isinstance(entry, str):
        return [entry]
    children = entry.values() if isinstance(entry, dict) else entry
    return [page for child in children for page in pages(child)]  # type: ignore[attr-defined]


def test_every_page_has_one_place_in_the_navigation() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    written = {page.name for page in (ROOT / "docs").glob("*.md")} - OUTSIDE_NAVIGATION
    assert sorted(pages(settings["nav"])) == sorted({*written, "index.md"})


@pytest.mark.slow
def test_the_site_has_no_broken_link_and_loads_nothing_from_elsewhere(tmp_path: Path) -> None:
    pytest.importorskip("material", reason="needs the extra 'site'")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stderr[-3000:]
    made = list(tmp_path.rglob("*.html"))
    assert len(made) > 30
    assert [page.name for page in made if LOADED.search(page.read_text(encoding="utf-8"))] == []
