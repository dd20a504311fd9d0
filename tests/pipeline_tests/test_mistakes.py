"""Mistakes in log pipelines as `validate` draws them: a file here holds definitions and what is said of them.

`DDCONF_GOLDEN=write` rewrites what is expected; review the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ddconf.definitions.draw_diagnostic import draw
from ddconf.definitions.load import load
from ddconf.definitions.settings import read
from ddconf.operations.validate import validate

CASES = sorted((Path(__file__).parent / "mistakes").glob("*.txt"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_is_drawn_at_its_place(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text, _, expected = path.read_text(encoding="utf-8").partition("=== said\n")
    Path("pipeline.yaml").write_text(text, encoding="utf-8")
    Path("ddconf.yaml").write_text("variables: {source: web}\n", encoding="utf-8")
    root = Path()
    found = validate(load(root, read(root)))
    said = "".join(f"{draw(diagnostic)}\n" for diagnostic in found)
    if os.environ.get("DDCONF_GOLDEN") == "write":
        path.write_text(f"{text}=== said\n{said}", encoding="utf-8")
    else:
        assert said == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 8
