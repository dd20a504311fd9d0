"""Run recorded logs through the pipelines before and after a change."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.replaying import replay_with_status, result_of
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.document import Document
    from ddconf.operations.replay.log_file import TimeRange
    from ddconf.operations.replay.report import ReplayReport


_BEFORE_ANY_LOG = "2010-01-01"
"""Datadog began in that year."""


@dataclass(frozen=True)
class ReplayOptions:
    """What is replayed, and where."""

    before: Path | None
    begin: str | None
    end: str | None
    jobs: int
    shard: str
    out: Path | None
    merge: bool
    dask: str
    runner: str


_replay_options = flags.grouped(
    "options",
    ReplayOptions,
    click.option(
        "--before",
        metavar="FOLDER",
        type=click.Path(path_type=Path, file_okay=False, exists=True),
        help="Definitions to compare with, such as an export (default: what the state says is live).",
    ),
    click.option(
        "--from", "begin", metavar="TIME", help="Of an archive, only from 1d ago, or 2026-11-23T05."
    ),
    click.option("--to", "end", metavar="TIME", help="Of an archive, only before this time."),
    click.option(
        "--jobs", type=click.IntRange(1), default=1, metavar="N", help="Processes that run logs (1)."
    ),
    click.option("--shard", default="1/1", metavar="I/N", help="Only the Ith of N parts of the files."),
    click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        metavar="FOLDER",
        help="Keep the report of each file there; a second run does only what is new.",
    ),
    click.option("--merge", is_flag=True, help="Add up what all shards left in the folders FILE."),
    click.option(
        "--dask", default="", metavar="URL", help="Run files on the Dask cluster of this scheduler."
    ),
    click.option("--runner", default="", metavar="NAME", help="Run files by an installed runner."),
)


@click.command(cls=Command, epilog="Example: ddconf replay yesterday.jsonl.zst --jobs 4")
@flags.common
@click.argument("file", nargs=-1, required=True)
@_replay_options
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="How to print it (text).",
)
def command(common: CommonOptions, file: tuple[str, ...], options: ReplayOptions, output: str) -> int:
    """Show what the defined pipelines would have done to recorded logs, compared with the live ones.

    FILE has a log on each line, as JSON or text (.gz and .zst too), or is a folder, or the URL of an archive
    (s3://BUCKET/PREFIX, gs://, az://). Exits with 2 where logs come out otherwise or a rule gains or loses a
    match.
    """
    from ddconf.operations.replay.manifests import merged

    workspace = open_workspace(common)
    report = merged(map(Path, file)) if options.merge else _replayed(workspace, common, file, options)
    _show(workspace, result_of(workspace, report), output)
    return exit_codes.CHANGES if report.differs else exit_codes.DONE


def _replayed(
    workspace: Workspace, common: CommonOptions, places: tuple[str, ...], options: ReplayOptions
) -> ReplayReport:
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of
    from ddconf.operations.replay.run import ReplayRun, find_all
    from ddconf.operations.replay.shards import Shard

    run = ReplayRun(options.jobs, options.dask, options.runner, Shard.parse(options.shard), options.out)
    after = pipelines_of(workspace.definitions()).values()
    before = _defined(common, options.before) if options.before else _live(workspace)
    files = find_all(places, _within(options.begin, options.end))
    report, done = replay_with_status(before, after, files, run)
    if options.out:
        click.echo(f"{done:,} files run, {len(run.shard.of(files)) - done:,} done before", err=True)
    return report


def _show(workspace: Workspace, result: dict[str, Any], output: str) -> None:
    from ddconf.render.replay import replay_lines
    from ddconf.render.replay_page import replay_page

    if output == "json":
        click.echo(json.dumps(result, indent=2, ensure_ascii=False))
    elif output == "html":
        click.echo(replay_page(result))
    else:
        click.echo("\n".join(replay_lines(result, workspace.color)), color=workspace.color)


def _within(begin: str | None, end: str | None) -> TimeRange | None:
    from ddconf.operations.record.moments import time_range

    if begin is None and end is None:
        return None
    return time_range(begin or _BEFORE_ANY_LOG, end or "now", datetime.now(UTC))


def _live(workspace: Workspace) -> Iterable[Document]:
    from ddconf.operations.replay.live_pipelines import live_pipelines
    from ddconf.state.journal import load_state

    state = load_state(workspace.backend)
    if state is None:
        hint = "name a folder of definitions to compare with: --before FOLDER"
        raise DdconfError(Diagnostic("there is no state, so ddconf cannot tell what is live", hint=hint))
    return live_pipelines(state).values()


def _defined(common: CommonOptions, folder: Path) -> tuple[Document, ...]:
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of

    workspace = open_workspace(replace(common, chdir=folder))
    return tuple(pipelines_of(workspace.definitions()).values())
