"""Shards: together they are the whole, a second run does nothing, and what is missing is named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.log_files import find_log_files
from ddconf.operations.replay.manifests import merged
from ddconf.operations.replay.replay import FileReport, PipelineChange, Progress
from ddconf.operations.replay.report import ReplayReport
from ddconf.operations.replay.run import ReplayRun, run_replay
from ddconf.operations.replay.shards import Shard
from tests.operations.replay.shop import RETURNED, archive, change, pipeline


@pytest.fixture
def files(tmp_path: Path) -> list[RecordedFile]:
    return find_log_files(str(archive(tmp_path / "archive")))


@dataclass(frozen=True)
class NotedRun(ReplayRun):
    """Notes which files are run."""

    done: list[str] = field(default_factory=list)

    def reports(
        self, change: PipelineChange, files: Sequence[RecordedFile], progress: Progress
    ) -> Iterator[FileReport]:
        for report in super().reports(change, files, progress):
            self.done.append(report.file.name)
            yield report


def run(
    change: PipelineChange,
    files: list[RecordedFile],
    folder: Path,
    shard: Shard,
    done: list[str] | None = None,
) -> ReplayReport:
    noted = NotedRun(shard=shard, folder=folder, done=[] if done is None else done)
    return run_replay(change, files, noted)


def whole(files: list[RecordedFile]) -> ReplayReport:
    return run_replay(change(), files, ReplayRun())


@pytest.mark.parametrize("count", [1, 2, 3, 7, 10])
@pytest.mark.parametrize("apart", [False, True], ids=["one folder", "a folder each"])
def test_shards_add_up_to_the_report_of_one_run(
    tmp_path: Path, files: list[RecordedFile], count: int, apart: bool
) -> None:
    folders = []
    for number in range(count, 0, -1):
        folder = tmp_path / (f"out{number}" if apart else "out")
        run(change(), files, folder, Shard(number, count))
        folders.append(folder)
    assert merged(dict.fromkeys(folders)) == whole(files)
    assert whole(files).logs == 35 + 7


def test_every_file_is_in_one_shard() -> None:
    files = [RecordedFile(f"{number:02}", "", "") for number in range(10)]
    for count in range(1, 14):
        shared = [file for number in range(count) for file in Shard(number + 1, count).of(files)]
        assert sorted(file.name for file in shared) == [file.name for file in files]


@pytest.mark.parametrize("text", ["0/0", "5/3", "0/3", "3", "a/b", "-1/3", "1/2/3", "", "1/0", " 1/2"])
def test_what_is_no_shard_is_refused(text: str) -> None:
    with pytest.raises(DdconfError, match="no shard"):
        Shard.parse(text)


def test_a_second_run_does_nothing_and_tells_the_same(tmp_path: Path, files: list[RecordedFile]) -> None:
    done: list[str] = []
    first = run(change(), files, tmp_path / "out", Shard(), done)
    assert len(done) == 7
    before = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*.json")}
    assert run(change(), files, tmp_path / "out", Shard(), done) == first
    assert len(done) == 7
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "out").glob("*.json")} == before


def test_a_file_that_changed_and_a_new_one_are_run_again(tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive", hours=3)
    done: list[str] = []
    run(change(), find_log_files(str(folder)), tmp_path / "out", Shard(), done)
    done.clear()
    (folder / "dt=20261123" / "hour=01" / "archive_1.json.gz").unlink()
    archive(folder / "more", hours=1)
    (folder / "changed.log").write_text("returned 1\n")
    run(change(), find_log_files(str(folder)), tmp_path / "out", Shard(), done)
    assert done == ["changed.log", "more/dt=20261123/hour=00/archive_1.json.gz"]
    done.clear()
    (folder / "changed.log").write_text("returned 2\n")
    report = run(change(), find_log_files(str(folder)), tmp_path / "out", Shard(), done)
    assert done == ["changed.log"]
    assert report == whole(find_log_files(str(folder)))
    assert merged([tmp_path / "out"]) == report


def test_other_pipelines_are_run_anew(tmp_path: Path, files: list[RecordedFile]) -> None:
    run(change(), files, tmp_path / "out", Shard())
    done: list[str] = []
    other = PipelineChange.of([pipeline(RETURNED)], [pipeline(RETURNED)])
    assert not run(other, files, tmp_path / "out", Shard(), done).differs
    assert len(done) == 7


@pytest.mark.parametrize("lines", [1, 3, 4.5])
def test_a_run_that_was_killed_goes_on(tmp_path: Path, files: list[RecordedFile], lines: float) -> None:
    run(change(), files, tmp_path / "out", Shard())
    path = tmp_path / "out" / "manifest-1-of-1.jsonl"
    kept = path.read_text().splitlines(keepends=True)
    cut = kept[int(lines)][:20] if lines % 1 else ""
    path.write_text("".join(kept[: int(lines)]) + cut)
    with pytest.raises(DdconfError, match=r"has \d of 7 files"):
        merged([tmp_path / "out"])
    done: list[str] = []
    assert run(change(), files, tmp_path / "out", Shard(), done) == whole(files)
    assert len(done) == 8 - int(lines)
    assert merged([tmp_path / "out"]) == whole(files)


def test_a_missing_shard_is_named(tmp_path: Path, files: list[RecordedFile]) -> None:
    for number in (1, 3):
        run(change(), files, tmp_path / "out", Shard(number, 4))
    with pytest.raises(DdconfError, match="no manifest of shard 2/4, 4/4"):
        merged([tmp_path / "out"])


def test_shards_that_do_not_belong_together_are_refused(tmp_path: Path, files: list[RecordedFile]) -> None:
    run(change(), files, tmp_path / "a", Shard(1, 2))
    for name, other, listed, shard, told in (
        ("pipelines", PipelineChange.of([], []), files, Shard(2, 2), "other pipelines"),
        ("files", change(), files[:-1], Shard(2, 2), "other files"),
        ("count", change(), files, Shard(2, 3), "parts of 2 and of 3"),
        ("twice", change(), files, Shard(1, 2), "twice"),
    ):
        run(other, listed, tmp_path / name, shard)
        with pytest.raises(DdconfError, match=told):
            merged([tmp_path / "a", tmp_path / name])


def test_what_is_no_manifest_is_named(tmp_path: Path) -> None:
    with pytest.raises(DdconfError, match="no manifest of a replay"):
        merged([tmp_path])
    for text in ("", "{}", "[]", json.dumps({"shard": "9/2", "pipelines": "", "listing": "", "files": 0})):
        (tmp_path / "manifest-1-of-1.jsonl").write_text(text)
        with pytest.raises(DdconfError, match="is not the manifest"):
            merged([tmp_path])


def test_a_report_that_was_damaged_is_named(tmp_path: Path, files: list[RecordedFile]) -> None:
    run(change(), files, tmp_path / "out", Shard())
    next((tmp_path / "out").glob("*.json")).write_text("[1]")
    with pytest.raises(DdconfError, match="is not the report of a file"):
        merged([tmp_path / "out"])


def test_a_shard_without_a_folder_is_refused(files: list[RecordedFile]) -> None:
    with pytest.raises(DdconfError, match="needs a folder"):
        run_replay(change(), files, ReplayRun(shard=Shard(1, 2)))
