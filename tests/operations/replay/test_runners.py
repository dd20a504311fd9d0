"""The same function on a cluster, and by what another package plugs in."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.replay.log_file import RecordedFile
from ddconf.operations.replay.log_files import find_log_files
from ddconf.operations.replay.replay import FileReport
from ddconf.operations.replay.report import ReplayReport
from ddconf.operations.replay.run import ReplayRun, run_replay
from ddconf.operations.replay.runners import Work, run_on_dask, work_of
from tests.operations.replay.shop import archive, change

_FATAL = "dt=20261123/hour=03/archive_1.json.gz"


@pytest.fixture
def files(tmp_path: Path) -> list[RecordedFile]:
    return find_log_files(str(archive(tmp_path / "archive")))


def whole(files: list[RecordedFile]) -> ReplayReport:
    return run_replay(change(), files, ReplayRun())


def reversed_order(work: Work, files: Sequence[RecordedFile]) -> Iterator[FileReport]:
    """A runner as another package may have it: by pickled work, the last file first."""
    again: Work = pickle.loads(pickle.dumps(work))
    yield from (again(file) for file in reversed(files))


@pytest.fixture
def plugged_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package with runners."""
    info = tmp_path / "site" / "other_runner-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: other-runner\nVersion: 1.0\n")
    lines = (f"back = {__name__}:reversed_order", "gone = no_such_module:run", f"none = {__name__}:no_such")
    (info / "entry_points.txt").write_text("[ddconf.runners]\n" + "\n".join(lines) + "\n")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "site"), *sys.path])


@pytest.mark.usefixtures("plugged_in")
def test_a_package_can_plug_in_a_runner(files: list[RecordedFile]) -> None:
    told: list[tuple[int, int]] = []
    report = run_replay(change(), files, ReplayRun(runner="back"), lambda *more: told.append(more))
    assert report == whole(files)
    assert told == [(1, logs) for logs in range(9, 2, -1)]


@pytest.mark.usefixtures("plugged_in")
@pytest.mark.parametrize(("name", "told"), [("gone", "cannot be loaded"), ("none", "cannot be loaded")])
def test_a_runner_that_cannot_be_loaded_is_named(files: list[RecordedFile], name: str, told: str) -> None:
    with pytest.raises(DdconfError, match=f"'{name}' {told}"):
        run_replay(change(), files, ReplayRun(runner=name))


@pytest.mark.usefixtures("plugged_in")
def test_an_unknown_runner_is_told_with_those_there_are(files: list[RecordedFile]) -> None:
    with pytest.raises(DdconfError, match="no runner 'ray'") as caught:
        run_replay(change(), files, ReplayRun(runner="ray"))
    assert "back, gone, none" in caught.value.diagnostics[0].hint


class Dying:
    """The work, in the course of which the first worker that comes to one file is killed."""

    def __init__(self, work: Work, note: Path) -> None:
        self._work, self._note = work, note

    def __call__(self, file: RecordedFile) -> FileReport:
        if file.name == _FATAL and not self._note.exists():
            self._note.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return self._work(file)


@pytest.mark.slow
def test_a_worker_of_a_cluster_that_dies_costs_no_log(tmp_path: Path, files: list[RecordedFile]) -> None:
    distributed = pytest.importorskip("distributed")
    note = tmp_path / "killed"
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    with distributed.LocalCluster(scheduler_port=0, **options) as cluster:
        run = run_on_dask(cluster.scheduler_address)
        done = list(run(Dying(work_of(change()), note), files))
    assert note.exists()
    assert sorted(report.file.name for report in done) == [file.name for file in files]
    assert sum((report.report for report in done), ReplayReport()) == whole(files)


def test_a_cluster_that_is_not_there_is_named(files: list[RecordedFile]) -> None:
    pytest.importorskip("distributed")
    with pytest.raises(DdconfError, match="no Dask scheduler at nonsense"):
        run_replay(change(), files, ReplayRun(dask="nonsense://x"))


def test_one_engine_is_enough(files: list[RecordedFile]) -> None:
    with pytest.raises(DdconfError, match="not both"):
        run_replay(change(), files, ReplayRun(dask="tcp://x:1", runner="ray"))


@pytest.mark.slow
def test_what_a_worker_runs_into_is_named_with_its_file(files: list[RecordedFile]) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as cluster:
        gone = replace(files[0], name="gone.json", place=f"{files[0].place}.json")
        with pytest.raises(DdconfError, match="json cannot be read"):
            run_replay(change(), [gone], ReplayRun(dask=cluster.scheduler_address))
        with pytest.raises(DdconfError, match=r"Dask could not run gone\.json: division by zero"):
            list(run_on_dask(cluster.scheduler_address)(_fails, [gone]))


def _fails(_file: RecordedFile) -> FileReport:
    raise ZeroDivisionError("division by zero")
