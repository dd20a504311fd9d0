"""Run recorded logs through the pipelines before and after a change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.document import Document


@click.command(cls=Command, epilog="Example: ddconf replay yesterday.jsonl.zst --jobs 4")
@flags.common
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--before",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Definitions to compare with (default: what the state says is live).",
)
@click.option("--jobs", type=click.IntRange(1), default=1, metavar="N", help="How many processes run logs.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
def command(common: CommonOptions, file: Path, before: Path | None, jobs: int, output: str) -> int:
    """Show what the defined pipelines would have done to recorded logs, compared with the live ones.

    FILE has a log on each line, as JSON or text (.gz and .zst too), or is a folder with a Datadog archive.
    Exits with 2 where logs come out otherwise or a rule gains or loses a match.
    """
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of
    from ddconf.operations.replay.log_files import blocks_of
    from ddconf.operations.replay.replay import PipelineChange, replay
    from ddconf.render.replay import replay_lines

    workspace = open_workspace(common)
    after = tuple(pipelines_of(workspace.definitions()).values())
    old = _defined(common, before) if before else _live(workspace)
    report = replay(PipelineChange(old, after), blocks_of(file), jobs).as_json()
    if output == "json":
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(replay_lines(report, workspace.color)), color=workspace.color)
    moved = any(finding["what"] != "kept" for finding in report["rule"])
    return exit_codes.CHANGES if report["changed"] or moved else exit_codes.DONE


def _live(workspace: Workspace) -> tuple[Document, ...]:
    from ddconf.operations.replay.live_pipelines import live_pipelines
    from ddconf.state.journal import load_state

    state = load_state(workspace.backend)
    if state is None:
        hint = "name a folder of definitions to compare with: --before FOLDER"
        raise DdconfError(Diagnostic("there is no state, so ddconf cannot tell what it owns", hint=hint))
    return live_pipelines(state)


def _defined(common: CommonOptions, folder: Path) -> tuple[Document, ...]:
    from dataclasses import replace

    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of

    workspace = open_workspace(replace(common, chdir=folder))
    return tuple(pipelines_of(workspace.definitions()).values())
