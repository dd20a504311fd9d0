"""Show what apply would change."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, LockOptions, PlanOptions, RemoteOptions, ShowOptions
from ddconf.cli.planning import Next, blocked, make_workspace_plan, read_state, show
from ddconf.cli.replaying import replay_of_plan
from ddconf.cli.workspace import open_workspace
from ddconf.kind import find_kind
from ddconf.plans.change import Plan
from ddconf.plans.redact import redact


@dataclass(frozen=True)
class ResultOptions:
    """What becomes of the plan, and what is found out with it."""

    out: Path | None
    detailed_exitcode: bool
    replay: tuple[str, ...]


_result_options = flags.grouped(
    "result",
    ResultOptions,
    click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Save the plan for apply."),
    click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there are changes."),
    click.option(
        "--replay",
        metavar="FILE",
        multiple=True,
        help="Run recorded logs through the pipelines before and after (see `ddconf replay`).",
    ),
)


@click.command(cls=Command, epilog="Example: ddconf plan --target=monitor.cpu_high --out=plan.json")
@flags.common
@flags.remote
@flags.planning
@flags.locking
@_result_options
@flags.showing
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    planning: PlanOptions,
    locking: LockOptions,
    result: ResultOptions,
    showing: ShowOptions,
) -> int:
    """Show what apply would change.

    Reads every live object of the kinds that the definitions use and compares three ways: what is defined,
    what is live, and what was applied last. Nothing is changed.
    """
    workspace = open_workspace(common, remote)
    with workspace.connect() as client:
        state = read_state(workspace, client)
        plan = make_workspace_plan(workspace, client, planning, state)
    if result.out:
        save(plan, result.out)
    refused = blocked(workspace, plan, state, planning)
    next = Next(common, planning, saved=result.out, ends=refused is None)
    replay = replay_of_plan(workspace, plan, state, result.replay) if result.replay else None
    show(workspace, plan, showing, next, state=state, refused=refused, replay=replay)
    if refused:
        raise refused
    return exit_codes.CHANGES if plan.changes and result.detailed_exitcode else exit_codes.DONE


def save(plan: Plan, file: Path) -> None:
    """Write the plan file, readable by its owner alone, without the secrets that stand in definitions."""
    from ddconf.operations.write_files import write_file
    from ddconf.render.json import render

    write_file(file, render(redact(plan, find_kind, saved=True)), private=True)
