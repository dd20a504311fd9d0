"""A replay as a command runs it: files found and shared out, run by somebody, noted, and added up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.replay.log_file import RecordedFile, TimeRange
from ddconf.operations.replay.log_files import find_log_files
from ddconf.operations.replay.manifests import Manifest, ManifestHead
from ddconf.operations.replay.replay import FileReport, PipelineChange, Progress, nobody, replay_here
from ddconf.operations.replay.report import ReplayReport, ReplayTally
from ddconf.operations.replay.runners import find_runner, run_on_dask, work_of
from ddconf.operations.replay.shards import WHOLE, Shard


@dataclass(frozen=True)
class ReplayRun:
    """Who runs the files, and which of them; with a folder, what was done is noted there."""

    jobs: int = 1
    dask: str = ""
    runner: str = ""
    shard: Shard = WHOLE
    folder: Path | None = None

    def reports(
        self, change: PipelineChange, files: Sequence[RecordedFile], progress: Progress
    ) -> Iterator[FileReport]:
        """What `replay_file` gives for each file, in any order."""
        if not (self.dask or self.runner):
            yield from replay_here(change, files, self.jobs, progress)
            return
        runner = run_on_dask(self.dask) if self.dask else find_runner(self.runner)
        for done in runner(work_of(change), files):
            progress(1, done.report.logs)
            yield done


def find_all(places: Iterable[str], within: TimeRange | None = None) -> list[RecordedFile]:
    """The files at several paths or URLs; raises DdconfError where there is none at one."""
    listed = list(places)
    found = [(place, file) for place in listed for file in find_log_files(place, within)]
    if len(listed) == 1:
        return [file for _, file in found]
    by_place = {file.place: replace(file, name=file.place) for _, file in found}
    return [by_place[place] for place in sorted(by_place)]


def run_replay(
    change: PipelineChange, files: Sequence[RecordedFile], run: ReplayRun, progress: Progress = nobody
) -> ReplayReport:
    """The report of the shard's files; raises DdconfError where one cannot be run."""
    if run.dask and run.runner:
        raise DdconfError("name --dask or --runner, not both")
    mine = run.shard.of(files)
    if run.folder is None:
        if run.shard != WHOLE:
            hint = "its report goes there, for --merge: --out FOLDER"
            raise DdconfError(Diagnostic("a shard needs a folder", hint=hint))
        return _sum(run.reports(change, mine, progress))
    manifest = Manifest(run.folder, ManifestHead.of(run.shard, change.digest, files))
    for done in run.reports(change, manifest.begin(mine), progress):
        manifest.add(done)
    return manifest.report()


def _sum(reports: Iterable[FileReport]) -> ReplayReport:
    tally = ReplayTally()
    for done in reports:
        tally.add(done.report)
    return tally.report()
