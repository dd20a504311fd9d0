"""Mistakes in files, drawn as a person sees them: a file in `mistakes/` holds a folder and what is said.

`DDCONF_GOLDEN=write` rewrites what is expected; review the difference.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from ddconf.definitions.draw_diagnostic import draw
from ddconf.errors import DdconfError

from .folder import load_files

CASES = sorted((Path(__file__).parent / "mistakes").glob("*.txt"))
EXPECTED = "said"


def sections(text: str) -> dict[str, str]:
    """`=== name` lines begin a file; the last one is what is expected."""
    parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_is_drawn_as_expected(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = sections(path.read_text())
    expected = files.pop(EXPECTED, "")
    with pytest.raises(DdconfError) as raised:
        load_files(Path(), dict(files))
    said = "".join(f"{draw(diagnostic)}\n" for diagnostic in raised.value.diagnostics)
    if os.environ.get("DDCONF_GOLDEN") == "write":
        body = "".join(f"=== {name}\n{text}" for name, text in {**files, EXPECTED: said}.items())
        path.write_text(body)
    else:
        assert said == expected


def test_there_are_cases() -> None:
    assert len(CASES) >= 25
