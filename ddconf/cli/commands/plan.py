"""Show what apply would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ddconf.cli import exit_codes, options
from ddconf.cli.group import Command
from ddconf.cli.planning import blocked, make, read_state, show
from ddconf.cli.workspace import open_workspace
from ddconf.kind import find_kind
from ddconf.plans.change import Plan
from ddconf.plans.redact import redact


@click.command(cls=Command, epilog="Example: ddconf plan --target=monitor.cpu_high --out=plan.json")
@options.common
@options.remote
@options.planning
@options.locking
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Save the plan for apply.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there are changes.")
@options.showing
def command(**chosen: Any) -> int:
    """Show what apply would change.

    Reads every live object of the kinds that the definitions use and compares three ways: what is defined,
    what is live, and what was applied last. Nothing is changed.
    """
    workspace = open_workspace(chosen)
    with workspace.connect() as client:
        state = read_state(workspace, client)
        plan = make(workspace, client, chosen, state)
    if chosen["out"]:
        save(plan, chosen["out"])
    refused = blocked(workspace, plan, state, chosen)
    show(
        workspace,
        plan,
        chosen["output"],
        saved=chosen["out"],
        ends=refused is None,
        full=chosen["full"],
        chosen=chosen,
    )
    if refused:
        raise refused
    return exit_codes.CHANGES if plan.changes and chosen["detailed_exitcode"] else exit_codes.DONE


def save(plan: Plan, file: Path) -> None:
    """Write the plan file, readable by its owner alone, without the secrets that stand in definitions."""
    from ddconf.operations.write_files import write_file
    from ddconf.render.json import render

    write_file(file, render(redact(plan, find_kind)), private=True)
