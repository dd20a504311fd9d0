"""Caches are the user's own: nothing that came with a checkout, or that others could write, is believed."""

from __future__ import annotations

import marshal
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from ddconf.cache import validate_cache
from ddconf.cache.folder import cache_folder
from ddconf.cache.store import Cache
from ddconf.cli.group import run
from tests.cache.place import caches_of

INVALID = b"monitor:\n  a: {name: 1, type: nothing}\n"
VALID = b"""
monitor:
  cpu: {name: CPU, type: query alert, query: "avg(last_5m):avg:system.cpu.user{*} > 90"}
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder from somebody else, where the command line is used."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(validate_cache, "_begun", None)
    return folder


def forge(file: Path, key: bytes, value: bytes) -> None:
    """A cache file as ddconf itself would have written it."""
    cache = Cache(file)
    cache.put(key, value)
    cache.save()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


# Where an earlier version had its caches, and where `DDCONF_CACHE_DIR` may point in a build.
PLACES: dict[str, Callable[[Path], Path]] = {
    "in .ddconf": lambda folder: folder / ".ddconf" / "cache",
    "where the variable says": lambda folder: folder / "build" / caches_of(folder).name,
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_committed_answer_of_validate_is_not_believed(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, place: Callable[[Path], Path]
) -> None:
    (checkout / "a.yaml").write_bytes(INVALID)
    folder = place(checkout)
    if folder.parent.name == "build":
        monkeypatch.setenv("DDCONF_CACHE_DIR", str(folder.parent))
    key = validate_cache.fingerprint(["validate"])
    assert key is not None
    forge(folder / "validate", key, marshal.dumps((0, [("Success! 1 definition is valid.", False)])))
    assert validate_cache.replay(["validate"]) is None
    assert run(["validate"]) == 1


def test_nothing_is_kept_in_the_checkout(checkout: Path) -> None:
    (checkout / "a.yaml").write_bytes(b"# " + b"x" * 30_000 + b"\n" + VALID)
    assert validate_cache.replay(["validate"]) is None
    assert run(["validate"]) == 0
    assert [file.name for file in checkout.iterdir()] == ["a.yaml"]
    assert {file.name for file in caches_of(checkout).iterdir()} >= {"definitions", "validate"}


def test_folder_and_files_are_for_the_owner_alone_whatever_the_umask(checkout: Path) -> None:
    (checkout / "a.yaml").write_bytes(VALID)
    before = os.umask(0)
    try:
        assert validate_cache.replay(["validate"]) is None
        assert run(["validate"]) == 0
    finally:
        os.umask(before)
    folder = caches_of(checkout)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_each_folder_has_its_own_by_its_real_path(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "one")
    assert cache_folder(tmp_path / "one") == cache_folder(tmp_path / "link")
    assert cache_folder(tmp_path / "one") != cache_folder(tmp_path / "two")


def test_the_user_s_folder_is_the_one_of_the_platform(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DDCONF_CACHE_DIR")
    for home in (None, str(tmp_path / "xdg")):
        monkeypatch.setenv("XDG_CACHE_HOME", home) if home else monkeypatch.delenv("XDG_CACHE_HOME", False)
        found = cache_folder(tmp_path / "work")
        assert found is not None
        assert found.parent == Path(platformdirs.user_cache_dir("ddconf", appauthor=False))


def test_a_relative_place_is_none_of_the_user_s(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path leads into the checkout from where it is used."""
    monkeypatch.setenv("DDCONF_CACHE_DIR", "caches")
    assert cache_folder(checkout) is None
    monkeypatch.delenv("DDCONF_CACHE_DIR")
    monkeypatch.setenv("XDG_CACHE_HOME", "caches")
    assert cache_folder(checkout) is None


def test_the_whole_working_tree_counts_as_the_checkout(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (checkout / "definitions").mkdir()
    monkeypatch.setenv("DDCONF_CACHE_DIR", str(checkout / "caches"))
    assert cache_folder(checkout / "definitions")
    (checkout / ".git").mkdir()
    assert cache_folder(checkout / "definitions") is None


@pytest.mark.parametrize("mode", [0o777, 0o770, 0o1777])
def test_a_place_where_others_write_is_not_used(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: int
) -> None:
    place = tmp_path / "shared"
    place.mkdir()
    place.chmod(mode)
    monkeypatch.setenv("DDCONF_CACHE_DIR", str(place))
    assert cache_folder(checkout) is None


def test_a_link_in_the_place_of_the_caches_is_not_followed(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "caches").symlink_to(tmp_path / "elsewhere")
    monkeypatch.setenv("DDCONF_CACHE_DIR", str(tmp_path / "caches"))
    assert cache_folder(checkout) is None


@pytest.mark.parametrize("what", ["folder", "file"])
def test_a_link_to_a_cache_is_an_empty_one(checkout: Path, tmp_path: Path, what: str) -> None:
    forge(tmp_path / "mine" / "definitions", b"key", b"value")
    folder = tmp_path / "linked"
    if what == "folder":
        folder.symlink_to(tmp_path / "mine")
    else:
        folder.mkdir(0o700)
        (folder / "definitions").symlink_to(tmp_path / "mine" / "definitions")
    assert Cache(folder / "definitions").get(b"key") is None
    assert Cache(tmp_path / "mine" / "definitions").get(b"key") == b"value"


def test_a_file_from_another_folder_or_of_another_name_is_an_empty_one(tmp_path: Path) -> None:
    forge(tmp_path / "one" / "definitions", b"key", b"value")
    (tmp_path / "two").mkdir(0o700)
    for name in ("one/unchanged", "two/definitions"):
        (tmp_path / name).write_bytes((tmp_path / "one" / "definitions").read_bytes())
        (tmp_path / name).chmod(0o600)
        assert Cache(tmp_path / name).get(b"key") is None


def test_no_cache_is_loaded_with_the_command_s_help() -> None:
    code = "import sys, ddconf.cli.main; sys.exit('platformdirs' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
