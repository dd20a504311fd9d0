"""Delete everything that ddconf owns."""

from __future__ import annotations

from dataclasses import replace

import click

from ddconf.cli import flags
from ddconf.cli.applying import run
from ddconf.cli.group import Command
from ddconf.cli.options import ApplyOptions, CommonOptions, LockOptions, PlanOptions, RemoteOptions


@click.command(cls=Command, epilog="Example: ddconf destroy --target=monitor.cpu_high")
@flags.common
@flags.remote
@flags.planning
@flags.locking
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    planning: PlanOptions,
    locking: LockOptions,
    auto_approve: bool,
) -> int:
    """Delete everything that ddconf owns; the same as `apply --destroy`."""
    return run(ApplyOptions(common, remote, replace(planning, destroy=True), locking, auto_approve))
