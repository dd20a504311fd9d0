"""Show changes made outside ddconf since the last apply."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, PlanOptions, RemoteOptions, ShowOptions
from ddconf.cli.planning import Next, make_workspace_plan, read_state, show
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.plans.change import Plan


@click.command(cls=Command, epilog="Example: ddconf drift --detailed-exitcode")
@flags.common
@flags.remote
@click.option(
    "--target",
    "targets",
    metavar="ADDRESS",
    multiple=True,
    shell_complete=shell_completion.addresses,
    help="Only this.",
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there is drift.")
@flags.showing
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    targets: tuple[str, ...],
    detailed_exitcode: bool,
    showing: ShowOptions,
) -> int:
    """Show what somebody else changed since the last apply; the same as `plan --refresh-only`."""
    planning = PlanOptions(targets=targets, refresh_only=True)
    workspace = open_workspace(common, remote)
    with workspace.connect() as client:
        state = read_state(workspace, client)
        plan = make_workspace_plan(workspace, client, planning, state)
    show(workspace, plan, showing, Next(common, planning), state=state)
    if showing.output == "text":
        click.echo(f"\n{_summary(plan)}")
    return exit_codes.CHANGES if plan.changes and detailed_exitcode else exit_codes.DONE


def _summary(plan: Plan) -> str:
    """One sentence on what changed outside, and one on what was made there."""
    from ddconf.plans.change import Action

    deleted = sum(change.action is Action.FORGET for change in plan.changes)
    changed = len(plan.changes) - deleted
    counted = [f"{changed} changed" if changed else "", f"{deleted} deleted" if deleted else ""]
    told = f"Drift: {', '.join(filter(None, counted))} outside ddconf since the last apply."
    if not plan.changes:
        told = "No drift: nothing that ddconf manages was changed outside since the last apply."
    if plan.unmanaged:
        objects = "object was" if plan.unmanaged == 1 else "objects were"
        told += f" {plan.unmanaged} {objects} made outside; `ddconf export` takes them over."
    return told
