"""Diagnostics as drawn for the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.draw_diagnostic import draw
from ddconf.errors import Diagnostic, Severity, Source


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_line_caret_and_hint_are_drawn(folder: Path) -> None:
    (folder / "a.yaml").write_text("monitor:\n  cpu:\n    optoins: {}\n")
    diagnostic = Diagnostic(
        "unknown field 'optoins'",
        Source("a.yaml", 3, 5),
        "did you mean 'options'?",
        "monitor.cpu",
        Severity.WARNING,
        7,
    )
    assert (
        draw(diagnostic)
        == """\
warning: unknown field 'optoins' in monitor.cpu
  --> a.yaml:3:5
   3 |     optoins: {}
     |     ^^^^^^^
  hint: did you mean 'options'?"""
    )


def test_colour_is_only_drawn_when_asked_for(folder: Path) -> None:
    (folder / "a.yaml").write_text("a: b\n")
    diagnostic = Diagnostic("wrong", Source("a.yaml", 1, 1), "right")
    assert "\x1b" not in draw(diagnostic)
    assert "\x1b[31merror:\x1b[0m wrong" in draw(diagnostic, color=True)


@pytest.mark.parametrize("line", [0, 2, 99])
def test_a_line_that_is_not_there_is_left_out(folder: Path, line: int) -> None:
    (folder / "a.yaml").write_text("a: b\n")
    assert draw(Diagnostic("wrong", Source("a.yaml", line, 1))) == f"error: wrong\n  --> a.yaml:{line}:1"


def test_without_a_place_or_file_the_message_stands_alone() -> None:
    assert draw(Diagnostic("wrong")) == "error: wrong"
    assert draw(Diagnostic("wrong", Source("gone.yaml", 1, 1))) == "error: wrong\n  --> gone.yaml:1:1"


def test_a_long_line_is_cut_around_the_caret(folder: Path) -> None:
    (folder / "a.yaml").write_text("x" * 500 + "HERE" + "y" * 500)
    lines = draw(Diagnostic("wrong", Source("a.yaml", 1, 501), length=4)).split("\n")
    assert len(lines[2]) <= 110
    assert lines[2][lines[3].index("^") :].startswith("HERE") and lines[3].endswith("^^^^")


def test_control_characters_never_reach_the_terminal(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\tname: \x1b[31mred\x07 \xff\r\n")
    drawn = draw(Diagnostic("bad \x1b[2J", Source("a.yaml", 1, 2), "h\x07"))
    assert all(character == "\n" or character.isprintable() for character in drawn)


def test_the_caret_stands_under_wide_characters(folder: Path) -> None:
    (folder / "a.yaml").write_text("日本: x\n")
    lines = draw(Diagnostic("wrong", Source("a.yaml", 1, 5))).split("\n")
    assert lines[3] == "     |       ^"
