"""Change the organisation to match the definitions."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import flags
from ddconf.cli.applying import run
from ddconf.cli.group import Command
from ddconf.cli.options import ApplyOptions, CommonOptions, LockOptions, PlanOptions, RemoteOptions


@click.command(cls=Command, epilog="Example: ddconf plan --out=plan.json; ddconf apply plan.json")
@click.argument("plan_file", required=False, type=click.Path(path_type=Path))
@flags.common
@flags.remote
@flags.planning
@flags.locking
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
@click.option("--detached", is_flag=True, help="Apply a saved plan without definitions to check it against.")
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    planning: PlanOptions,
    locking: LockOptions,
    auto_approve: bool,
    detached: bool,
    plan_file: Path | None,
) -> int:
    """Make the organisation as the definitions say.

    Without PLAN_FILE a plan is made and shown, and only the word `yes` starts it. A saved plan starts at
    once where the definitions imply it, and only what still is as the plan saw it is changed.
    """
    return run(ApplyOptions(common, remote, planning, locking, auto_approve, plan_file, detached))
