"""Answers kept for the next run of an export: what comes back, and what counts as nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.cache.response_journal import OLDEST_SECONDS, ResponseJournal


def refused() -> object:
    raise AssertionError("asked again")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "private" / "export"
    kept = ResponseJournal(file, "acme", clock=lambda: 1000.0)
    assert kept.recall("list", lambda: [{"id": 1}, None]) == [{"id": 1}, None]
    assert kept.recall("read 1", lambda: {"id": 1, "text": "ü"}) == {"id": 1, "text": "ü"}
    kept.close()
    return file


def again(file: Path, about: str = "acme", now: float = 1001.0) -> ResponseJournal:
    return ResponseJournal(file, about, clock=lambda: now)


def test_what_was_read_comes_back_without_a_request(file: Path) -> None:
    kept = again(file)
    assert (len(kept), kept.oldest) == (2, 1000.0)
    assert kept.recall("list", refused) == [{"id": 1}, None]
    assert kept.recall("read 1", refused) == {"id": 1, "text": "ü"}
    assert kept.recalled == 2


def test_what_was_not_read_is_asked_for_and_kept_too(file: Path) -> None:
    again(file).recall("read 2", lambda: 2)
    assert again(file).recall("read 2", refused) == 2


def test_nobody_else_may_read_it(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600
    file.chmod(0o644)
    assert len(again(file)) == 0
    assert file.stat().st_mode & 0o777 == 0o600


def test_another_organisation_and_an_old_answer_are_nothing(file: Path) -> None:
    assert len(again(file, now=999.0)) == 0
    assert again(file, "other").recall("list", lambda: "theirs") == "theirs"
    assert len(again(file, now=1001.0 + OLDEST_SECONDS)) == 0
    assert file.stat().st_size == 0


def test_a_file_that_was_cut_off_has_what_is_whole(file: Path) -> None:
    content = file.read_bytes()
    for length in range(len(content)):
        file.write_bytes(content[:length])
        kept = again(file)
        assert len(kept) < 2
        kept.recall("list", lambda: "new")
        kept.recall("read 9", lambda: 9)
        kept.close()
        assert again(file).recall("read 9", refused) == 9


def test_a_damaged_answer_ends_what_can_be_used(file: Path) -> None:
    content = bytearray(file.read_bytes())
    for place in range(0, len(content), 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        file.write_bytes(damaged)
        kept = again(file)
        assert kept.recall("list", lambda: [{"id": 1}, None]) == [{"id": 1}, None]
        kept.close()


def test_what_holds_a_secret_is_not_kept(file: Path) -> None:
    kept = again(file)
    kept.recall("read 3", lambda: "hunter22", worth=lambda content: b"hunter22" not in content)
    assert b"hunter22" not in file.read_bytes()


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = ResponseJournal(tmp_path / "file" / "export.kept", "acme")
    assert kept.recall("list", lambda: 1) == 1
    kept.drop()


def test_a_link_is_not_followed(tmp_path: Path, file: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file)
    assert len(ResponseJournal(link, "acme", clock=lambda: 1001.0)) == 0
    assert len(again(file)) == 2
