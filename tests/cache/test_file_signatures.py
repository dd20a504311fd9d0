"""Files that the file system says have not changed: not read again, and no change is missed."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from ddconf.cache import file_signatures
from ddconf.cache.file_signatures import FileSignatures
from ddconf.definitions import files, load, settings
from tests.cache.place import caches_of
from tests.definitions_yaml.folder import documents, load_files

PADDING = "# " + "x" * 30_000 + "\n"
LATER = 10_000_000_000
"""Nanoseconds."""


def at(monkeypatch: pytest.MonkeyPatch, passed: int) -> None:
    """So long after now."""
    now = time.time_ns()
    monkeypatch.setattr(file_signatures.time, "time_ns", lambda: now + passed)


def load_text(folder: Path, text: str) -> dict[str, dict[str, object]]:
    return documents(load_files(folder, {"a.yaml": PADDING + text}))


def reload(folder: Path) -> dict[str, dict[str, object]]:
    return documents(load_files(folder, {}))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Loaded when its file was old enough."""
    at(monkeypatch, LATER)
    assert load_text(tmp_path, "monitor: {a: {name: x}}") == {"monitor.a": {"name": "x"}}
    return tmp_path


def test_an_unchanged_file_is_not_read_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "read_bytes", lambda path: pytest.fail(f"read {path}"))
    assert reload(folder) == {"monitor.a": {"name": "x"}}


def test_a_change_that_keeps_size_and_time_is_seen(folder: Path) -> None:
    status = (folder / "a.yaml").stat()
    (folder / "a.yaml").write_text(PADDING + "monitor: {a: {name: y}}")
    os.utime(folder / "a.yaml", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (folder / "a.yaml").stat().st_size == status.st_size
    assert reload(folder) == {"monitor.a": {"name": "y"}}


def test_another_file_in_its_place_is_seen(folder: Path) -> None:
    (folder / "b.tmp").write_text(PADDING + "monitor: {a: {name: y}}")
    (folder / "b.tmp").replace(folder / "a.yaml")
    assert reload(folder) == {"monitor.a": {"name": "y"}}


def test_a_file_that_is_gone_is_seen(folder: Path) -> None:
    (folder / "a.yaml").unlink()
    assert reload(folder) == {}


@pytest.mark.parametrize(("age", "reads"), [(LATER, 1), (2 * LATER, 1), (0, 2), (1_000_000_000, 2)])
def test_a_file_that_was_changed_just_now_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, age: int, reads: int
) -> None:
    """Where time goes in steps, it could be changed once more and look the same."""
    (tmp_path / "a.yaml").write_text("x")
    at(monkeypatch, age)
    seen = []

    def read(path: str) -> tuple[bytes, int]:
        seen.append(path)
        return b"key", 1

    for _ in range(2):
        kept = FileSignatures(tmp_path / "stamps")
        assert kept.key(str(tmp_path / "a.yaml"), read) == (b"key", 1)
        kept.save()
    assert len(seen) == reads


def test_loading_some_files_forgets_no_others(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "b.yaml").write_text(PADDING + "monitor: {b: {name: y}}")
    load.load(folder, settings.read(folder), [folder / "b.yaml"])
    monkeypatch.setattr(load, "read_bytes", lambda path: pytest.fail(f"read {path}"))
    assert set(reload(folder)) == {"monitor.a", "monitor.b"}


def test_a_damaged_file_of_stamps_is_an_empty_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    caches_of(folder, "files").write_bytes(b"x" * 100)
    read = []
    monkeypatch.setattr(load, "read_bytes", lambda path: (read.append(path), files.read_bytes(path))[1])
    assert reload(folder) == {"monitor.a": {"name": "x"}}
    assert read


def test_a_small_folder_is_not_worth_one(tmp_path: Path) -> None:
    load_files(tmp_path, {"a.yaml": "monitor: {a: {name: x}}"})
    assert not caches_of(tmp_path, "files").exists()
