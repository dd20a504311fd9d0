"""`validate` says again what it said where nothing has changed that it looks at; else it works it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ddconf.cache import validate_cache
from ddconf.cli.group import run

MONITOR = "monitor:\n  a: {name: A, type: query alert, query: 'avg(last_5m):avg:a.b{*} > ${var.limit}'}\n"
SETTINGS = "variables: {limit: 1}\n"
VALIDATE = ["validate"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(validate_cache, "_begun", None)
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.yaml").write_text(MONITOR)
    (tmp_path / "ddconf.yaml").write_text(SETTINGS)
    return tmp_path


def validate() -> int | None:
    """As the process of the command line does."""
    code = validate_cache.replay(VALIDATE)
    return run(VALIDATE) if code is None else code


def test_an_unchanged_folder_gets_the_same_answer(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = (validate(), *capsys.readouterr())
    assert "1 definition is valid" in first[1]
    assert "warning" in first[2]
    assert (validate_cache.replay(VALIDATE), *capsys.readouterr()) == first


def test_mistakes_are_said_again_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "b.yaml").write_text("monitor:\n  b: {name: 1, type: nothing}\n")
    first = (validate(), *capsys.readouterr())
    assert first[0] == 1
    assert (validate_cache.replay(VALIDATE), *capsys.readouterr()) == first


CHANGES: dict[str, Callable[[Path], object]] = {
    "a definition": lambda folder: (folder / "below" / "a.yaml").write_text(MONITOR.replace("A", "B")),
    "the settings": lambda folder: (folder / "ddconf.yaml").write_text("variables: {limit: 2}\n"),
    "a new file": lambda folder: (folder / "c.json").write_text("{}"),
    "a test file": lambda folder: (folder / "c.test.yaml").write_text("{}"),
    "another name": lambda folder: (folder / "below" / "a.yaml").rename(folder / "below" / "b.yaml"),
    "a file gone": lambda folder: (folder / "below" / "a.yaml").unlink(),
    "a link": lambda folder: (folder / "out").symlink_to("/"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_after_a_change_nothing_is_remembered(folder: Path, change: Callable[[Path], object]) -> None:
    assert validate() == validate_cache.replay(VALIDATE) == 0
    change(folder)
    assert validate_cache.replay(VALIDATE) is None


def test_another_environment_is_another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert validate() == 0
    monkeypatch.setenv("DDCONF_VAR_limit", "7")
    assert validate_cache.replay(VALIDATE) is None


def test_other_arguments_are_another_run(folder: Path) -> None:
    assert validate() == 0
    assert validate_cache.replay([*VALIDATE, "--no-color"]) is None


def test_another_code_is_another_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert validate() == 0
    monkeypatch.setattr(validate_cache, "code_version", lambda: b"other")
    assert validate_cache.replay(VALIDATE) is None


def test_a_folder_named_by_a_flag_is_not_remembered(folder: Path) -> None:
    assert validate_cache.fingerprint(["-C", "below", "validate"]) is None
    assert validate_cache.fingerprint(["validate", "--chdir=below"]) is None


def test_what_changes_while_it_is_checked_is_not_remembered(folder: Path) -> None:
    assert validate_cache.replay(VALIDATE) is None
    (folder / "below" / "a.yaml").write_text(MONITOR + "# later\n")
    validate_cache.keep(0, [("Success!", False)])
    assert validate_cache.replay(VALIDATE) is None


def test_a_folder_that_cannot_be_read_is_not_remembered(folder: Path) -> None:
    (folder / "broken.yaml").symlink_to("nowhere.yaml")
    assert validate_cache.fingerprint(VALIDATE) is None
