"""ResponseJournal details: used when whole and unchanged, worth nothing otherwise."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.cache.detail_cache import DetailCache
from ddconf.document import Document, pack, unpack
from ddconf.kind import Kind, rest

KIND = Kind("board", rest("/boards", summary=True, modified="modified"))
ITEM = {"modified": "t1"}
WHOLE = {"modified": "t1", "text": 'quotes " and ,"document": inside', "lines": "a\nb\u2028c"}


def saved(folder: Path) -> Path:
    details = DetailCache(folder, KIND, "example.com")
    details.keep("a", ITEM, WHOLE, pack(WHOLE))
    details.keep('odd "id",', ITEM, WHOLE, pack(WHOLE))
    details.save()
    return next(folder.iterdir())


def find(folder: Path, id_: str = "a", item: Document = ITEM, site: str = "example.com") -> object:
    packed = DetailCache(folder, KIND, site).find(id_, item)
    return None if packed is None else unpack(packed)


def test_details_come_back_as_they_were(tmp_path: Path) -> None:
    saved(tmp_path)
    assert find(tmp_path) == WHOLE
    assert find(tmp_path, 'odd "id",') == WHOLE


def test_the_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = saved(tmp_path / "cache")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) & 0o077 == 0


def test_sites_and_moments_are_told_apart(tmp_path: Path) -> None:
    file = saved(tmp_path)
    assert find(tmp_path, item={"modified": "t2"}) is None
    file.rename(file.with_name(file.name.replace("example", "other")))
    assert find(tmp_path, site="other.com") is None


def test_details_of_another_moment_than_the_list_are_not_kept(tmp_path: Path) -> None:
    details = DetailCache(tmp_path, KIND, "example.com")
    details.keep("a", {"modified": "t2"}, WHOLE, pack(WHOLE))
    details.keep("b", {}, {}, pack({}))
    assert details.find("a", {"modified": "t2"}) is None
    assert details.find("a", ITEM) is None
    assert details.find("b", {}) is None


def test_what_was_not_asked_for_again_is_forgotten(tmp_path: Path) -> None:
    saved(tmp_path)
    details = DetailCache(tmp_path, KIND, "example.com")
    details.find("a", ITEM)
    details.save()
    assert find(tmp_path, 'odd "id",') is None
    assert find(tmp_path) == WHOLE


@given(cut=st.integers(0, 10_000), byte=st.integers(0, 255))
def test_a_damaged_file_is_an_empty_one(
    tmp_path_factory: pytest.TempPathFactory, cut: int, byte: int
) -> None:
    folder = tmp_path_factory.mktemp("details")
    file = saved(folder)
    content = bytearray(file.read_bytes())
    place = cut % len(content)
    changed = content[place] != byte
    content[place] = byte
    file.write_bytes(content)
    assert find(folder) == (None if changed else WHOLE)
    file.write_bytes(content[:place])
    assert find(folder) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    details = DetailCache(tmp_path / "file", KIND, "example.com")
    details.keep("a", ITEM, WHOLE, pack(WHOLE))
    details.save()
    assert (tmp_path / "file").read_bytes() == b""
