"""`ddconf init` begins a folder that is valid at once."""

from pathlib import Path

import pytest

from ddconf.cli.group import run


def test_what_init_writes_is_valid_without_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "init"]) == 0
    assert run(["-C", str(tmp_path), "validate"]) == 0
    shown = capsys.readouterr()
    assert (shown.out.splitlines()[-1], shown.err) == ("Success! 1 definition is valid.", "")


def test_init_leaves_what_is_there(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "ddconf.yaml").write_text("variables: {a: b}\n")
    assert run(["-C", str(tmp_path), "init"]) == 1
    assert "already exists" in capsys.readouterr().err
    assert [file.name for file in tmp_path.iterdir()] == ["ddconf.yaml"]


def test_git_leaves_out_saved_plans(tmp_path: Path) -> None:
    assert run(["-C", str(tmp_path), "init"]) == 0
    assert {".ddconf/", "plan.json", "*.plan.json", "*.plan"} <= set(
        (tmp_path / ".gitignore").read_text().splitlines()
    )
