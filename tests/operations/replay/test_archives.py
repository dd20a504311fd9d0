"""Archives in an object store are what the same files are in a folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard

from ddconf.errors import DdconfError
from ddconf.operations.replay.log_file import TimeRange
from ddconf.operations.replay.log_files import find_log_files, numbered_blocks
from ddconf.operations.replay.run import ReplayRun, run_replay
from tests.operations.replay.shop import archive, change
from tests.state.conftest import s3, s3_server

__all__ = ["s3", "s3_server"]

HOURS = TimeRange(datetime(2026, 11, 23, 2, tzinfo=UTC), datetime(2026, 11, 23, 4, tzinfo=UTC))


def read(place: str) -> Iterator[str]:
    for file in find_log_files(place):
        for _, block in numbered_blocks(file):
            yield from block


@pytest.fixture
def local(tmp_path: Path) -> Path:
    folder = archive(tmp_path / "archive")
    packed = zstandard.compress(b"returned 8\n") + zstandard.compress(b"returned 9\n")
    (folder / "dt=20261123" / "hour=06" / "archive_2.json.zst").write_bytes(packed)
    (folder / "dt=20261123" / "hour=06" / "empty.json").touch()
    (folder / "README").write_text("no logs\n")
    return folder


@pytest.fixture
def bucket(s3: str, local: Path) -> str:
    """The URL of an archive with the files of the local one."""
    from obstore.store import from_url

    url = s3.rpartition("/")[0]
    store = from_url(url, client_options={"allow_http": True})
    for file in local.rglob("*"):
        if file.is_file():
            store.put(file.relative_to(local).as_posix(), file.read_bytes())
    return url


def test_an_archive_in_a_bucket_gives_the_report_of_the_same_folder(bucket: str, local: Path) -> None:
    reports = [
        run_replay(change(), find_log_files(place), ReplayRun())
        for place in (bucket, f"{bucket}/", str(local), f"file://{local}")
    ]
    assert reports[0].logs == 35 + 7 + 2
    assert all(report == reports[0] for report in reports)


def test_only_the_time_that_is_asked_for_is_listed(bucket: str, local: Path) -> None:
    names = [f"dt=20261123/hour={hour}/archive_1.json.gz" for hour in ("02", "03")]
    for place in (bucket, str(local)):
        assert [file.name for file in find_log_files(place, HOURS)] == names
    later = TimeRange(datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 2, tzinfo=UTC))
    with pytest.raises(DdconfError, match=r"no logs in .* from 2027-01-01T00:00"):
        find_log_files(bucket, later)


def test_one_object_is_an_archive_too(bucket: str) -> None:
    assert list(read(f"{bucket}/dt=20261123/hour=06/archive_2.json.zst")) == ["returned 8", "returned 9"]


def test_an_etag_changes_with_the_content(bucket: str, local: Path) -> None:
    from obstore.store import from_url

    before = {file.name: file.etag for file in find_log_files(bucket)}
    from_url(bucket, client_options={"allow_http": True}).put("dt=20261123/hour=06/empty.json", b"x\n")
    after = {file.name: file.etag for file in find_log_files(bucket)}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"dt=20261123/hour=06/empty.json"}


@pytest.mark.parametrize(
    "url", ["s3://no-such-bucket/logs", "s3://states/nothing/here", "s3://states/no.json"]
)
def test_what_is_not_there_is_named_without_keys(s3: str, url: str) -> None:
    with pytest.raises(DdconfError) as caught:
        find_log_files(url)
    told = str(caught.value)
    assert url in told and "secret" not in told


def test_a_signature_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    from ddconf.operations.replay import object_files

    def store(_root: str) -> None:
        raise OSError("error sending request for url (https://x.example/logs?sv=1&sig=topsecret) in 1 s")

    monkeypatch.setattr(object_files, "_store", store)
    with pytest.raises(DdconfError, match=r"https://x\.example/logs") as caught:
        find_log_files("az://logs/x")
    assert "topsecret" not in str(caught.value)


@pytest.mark.parametrize("url", ["ftp://host/logs", "s3://", "nonsense://"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(DdconfError, match="no archive at"):
        find_log_files(url)


@pytest.mark.parametrize("url", ["gs://bucket/logs", "az://container/logs"])
def test_other_stores_are_asked(url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Without a server for them: that the store of the scheme is what is opened and listed."""
    from obstore.store import LocalStore

    from ddconf.operations.replay import object_files

    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "a.log").write_text("returned 1\n")
    opened: list[str] = []

    def store(root: str) -> LocalStore:
        opened.append(root)
        return LocalStore(tmp_path)

    monkeypatch.setattr(object_files, "_store", store)
    assert list(read(url)) == ["returned 1"]
    assert set(opened) == {url.removesuffix("/logs")}
