"""What is kept between runs: whole and of this version, or worth nothing."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ddconf
from ddconf.cache import code_version as versions_module
from ddconf.cache import store as module
from ddconf.cache.store import Cache

VALUES = {b"a": b"first", b"b": b"", b"c": b"x" * 5000}


def saved(file: Path) -> Path:
    cache = Cache(file)
    for key, value in VALUES.items():
        cache.put(key, value)
    cache.save()
    return file


def found(file: Path) -> dict[bytes, bytes]:
    cache = Cache(file)
    return {key: bytes(value) for key in VALUES if (value := cache.get(key)) is not None}


def test_values_come_back_by_their_keys(tmp_path: Path) -> None:
    assert found(saved(tmp_path / "cache")) == VALUES


def test_a_value_is_there_before_it_is_saved() -> None:
    cache = Cache(None)
    cache.put(b"k", b"v")
    cache.save()
    assert cache.get(b"k") == b"v"
    assert b"k" in cache
    assert b"other" not in cache


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = saved(tmp_path / "folder" / "cache")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660])
def test_a_file_that_others_may_have_written_is_not_believed(tmp_path: Path, mode: int) -> None:
    file = saved(tmp_path / "cache")
    file.chmod(mode)
    assert found(file) == {}


def test_another_version_of_the_code_does_not_read_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = saved(tmp_path / "cache")
    monkeypatch.setattr(module, "code_version", lambda: b"another")
    assert found(file) == {}


def test_the_version_changes_with_any_file_of_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions = set()
    monkeypatch.setattr(versions_module, "__file__", str(tmp_path / "cache/code_version.py"))
    for file in ("cache/store.py", "plans/three_way.py", "kinds/monitor.py", "definitions/yaml/reader.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("x")
        versions.add(versions_module.code_version.__wrapped__())
    (tmp_path / "cache/store.py").write_text("xy")
    versions.add(versions_module.code_version.__wrapped__())
    assert len(versions) == 5


def test_the_version_of_what_is_installed_changes_with_the_installer_s_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions_module, "__file__", str(tmp_path / "ddconf/cache/code_version.py"))
    record = tmp_path / f"ddconf-{ddconf.__version__}.dist-info" / "RECORD"
    record.parent.mkdir()
    (tmp_path / "ddconf").mkdir()
    versions = set()
    for text in ("", "a", "ab"):
        record.write_text(text)
        versions.add(versions_module.code_version.__wrapped__())
    record.unlink()
    versions.add(versions_module.code_version.__wrapped__())
    assert len(versions) == 4


@given(st.binary(max_size=40), st.integers(0, 5200), st.booleans())
@settings(max_examples=150, deadline=None)
def test_law_a_damaged_file_is_an_empty_one(
    tmp_path_factory: pytest.TempPathFactory, damage: bytes, at: int, cut: bool
) -> None:
    file = saved(tmp_path_factory.mktemp("cache") / "cache")
    content = file.read_bytes()
    damaged = content[:at] + damage + (b"" if cut else content[at + len(damage) :])
    file.write_bytes(damaged)
    assert found(file) == (VALUES if damaged == content else {})


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    saved(tmp_path / "file" / "cache")
    assert (tmp_path / "file").read_bytes() == b""


def test_a_run_without_news_does_not_write(tmp_path: Path) -> None:
    file = saved(tmp_path / "cache")
    before = file.stat()
    cache = Cache(file)
    cache.get(b"a")
    cache.save()
    assert file.stat() == before


def test_what_no_run_has_used_for_days_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = saved(tmp_path / "cache")
    monkeypatch.setattr(module.time, "time", lambda: 1e12)
    cache = Cache(file)
    cache.get(b"a")
    cache.put(b"new", b"value")
    cache.save()
    assert found(file) == {b"a": b"first"}
    assert Cache(file).get(b"new") == b"value"


@pytest.mark.parametrize(("least", "is_written"), [(0, True), (0.0005, True), (0.1, False)])
def test_a_little_that_is_new_may_not_be_worth_writing_all(
    tmp_path: Path, least: float, is_written: bool
) -> None:
    file = saved(tmp_path / "cache")
    cache = Cache(file)
    cache.put(b"new", b"value")
    cache.save(least=least)
    assert cache.get(b"new") == b"value"
    assert Cache(file).get(b"new") == (b"value" if is_written else None)
    assert found(file) == VALUES


def test_what_was_used_lately_stays(tmp_path: Path) -> None:
    file = saved(tmp_path / "cache")
    cache = Cache(file)
    cache.put(b"a", b"second")
    cache.save()
    assert found(file) == {**VALUES, b"a": b"second"}
