"""Take away a lock that a dead run left."""

from __future__ import annotations

from typing import Any

import click

from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf force-unlock 6580a8a4fbed")
@options.common
@click.argument("lock_id")
def command(lock_id: str, **chosen: Any) -> None:
    """Take away a lock that a dead run left; LOCK_ID is in the message that names the lock."""
    open_workspace(chosen).backend.force_unlock(lock_id)
    click.echo("The lock is gone.")
