"""Take over one live object at an address."""

from __future__ import annotations

from typing import Any

import click

from ddconf.address import Address
from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError


@click.command(cls=Command)
@options.common
@options.remote
@options.locking
@click.argument("address")
@click.argument("id")
def command(address: str, id: str, **chosen: Any) -> None:
    """Take over the live object ID at ADDRESS; its definition is written where there is none."""
    from ddconf.operations.import_ import import_object

    try:
        parsed = Address.parse(address)
    except ValueError as error:
        raise DdconfError(str(error)) from None
    workspace = open_workspace(chosen)
    with workspace.connect() as client:
        written = import_object(workspace, client, parsed, id)
    click.echo(f"Imported {address} [id={id}]." + (f" Wrote {written}." if written else ""))
