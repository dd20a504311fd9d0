"""Recorded logs through pipelines before and after a change, with a status line; for `replay` and `plan`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ddconf.cli.progress import StatusLine
from ddconf.cli.workspace import Workspace

if TYPE_CHECKING:
    from ddconf.document import Document
    from ddconf.operations.replay.log_file import RecordedFile
    from ddconf.operations.replay.report import ReplayReport
    from ddconf.operations.replay.run import ReplayRun
    from ddconf.plans.change import Plan
    from ddconf.state.model import State


def replay_of_plan(workspace: Workspace, plan: Plan, state: State, places: Iterable[str]) -> dict[str, Any]:
    """What the plan's pipelines do to recorded logs otherwise than the live ones, as JSON."""
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of
    from ddconf.operations.replay.live_pipelines import planned_pipelines
    from ddconf.operations.replay.run import ReplayRun, find_all

    defined = pipelines_of(workspace.definitions(_silently))
    before, after = planned_pipelines(plan, state, defined)
    report, _ = replay_with_status(before.values(), after.values(), find_all(places), ReplayRun())
    return result_of(workspace, report)


def _silently(_line: str, **_style: object) -> None:
    """What is to be said of the definitions was said as the plan was made."""


def replay_with_status(
    before: Iterable[Document], after: Iterable[Document], files: Sequence[RecordedFile], run: ReplayRun
) -> tuple[ReplayReport, int]:
    """The report, and how many files were run."""
    from ddconf.operations.replay.replay import PipelineChange
    from ddconf.operations.replay.run import run_replay

    done = logs = 0
    count = len(run.shard.of(files))

    def note(more_files: int, more_logs: int) -> None:
        nonlocal done, logs
        done, logs = done + more_files, logs + more_logs

    with StatusLine(lambda: f"{done:,} of {count:,} files, {logs:,} logs").running():
        return run_replay(PipelineChange.of(before, after), files, run, note), done


def result_of(workspace: Workspace, report: ReplayReport) -> dict[str, Any]:
    """The report as JSON, with who reads what comes out otherwise."""
    from ddconf.operations.replay.lineage import touched_readers

    touched = touched_readers(report, workspace.definitions(_silently), workspace.settings)
    return {**report.as_json(), "touched": [reader.as_json() for reader in touched]}
