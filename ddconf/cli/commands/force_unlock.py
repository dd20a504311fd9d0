"""Release a stale lock."""

from __future__ import annotations

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf force-unlock 6580a8a4fbed")
@flags.common
@click.argument("lock_id")
def command(lock_id: str, common: CommonOptions) -> None:
    """Release a stale lock; LOCK_ID is in the message that names the lock."""
    open_workspace(common).backend.force_unlock(lock_id)
    click.echo("The lock is gone.")
