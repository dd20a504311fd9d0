"""The `sandbox` commands: status, faults, and an organisation that cannot be read."""

from pathlib import Path

import pytest

from ddconf.cli.group import run


def test_the_status_counts_what_is_there_and_leaves_out_empty_kinds(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "sandbox", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "    1  logs_index" in lines
    assert not any(line.endswith("  dashboard") for line in lines)
    assert lines[-1].endswith("kinds have no object.")


def test_what_is_no_fault_is_told_before_anything_is_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["-C", str(tmp_path), "sandbox", "start", "--port", "0", "--fault", "418"]) == 1
    assert "--fault 418: no fault '418'" in capsys.readouterr().err


def test_a_broken_organisation_is_told_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / ".ddconf" / "sandbox"
    folder.mkdir(parents=True)
    (folder / "organisation.sqlite").write_bytes(b"garbage" * 999)
    assert run(["-C", str(tmp_path), "sandbox", "status"]) == 1
    told = capsys.readouterr().err
    assert "file is not a database" in told
    assert "ddconf sandbox reset" in told
    assert run(["-C", str(tmp_path), "sandbox", "reset"]) == 0
    assert run(["-C", str(tmp_path), "sandbox", "status"]) == 0
