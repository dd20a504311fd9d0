"""Show what somebody else changed since the last apply."""

from __future__ import annotations

from typing import Any

import click

from ddconf.cli import exit_codes, options
from ddconf.cli.group import Command
from ddconf.cli.planning import make, show
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf drift --detailed-exitcode")
@options.common
@options.remote
@click.option("--target", "targets", metavar="ADDRESS", multiple=True, help="Only this.")
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where there is drift.")
@options.showing
def command(output: str, **chosen: Any) -> int:
    """Show what somebody else changed since the last apply; the same as `plan --refresh-only`."""
    workspace = open_workspace(chosen)
    with workspace.connect() as client:
        plan = make(workspace, client, {**chosen, "refresh_only": True})
    show(workspace, plan, output, full=chosen["full"], chosen=chosen)
    return exit_codes.CHANGES if plan.changes and chosen["detailed_exitcode"] else exit_codes.DONE
