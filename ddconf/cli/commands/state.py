"""Inspect or edit the state."""

from __future__ import annotations

from typing import BinaryIO

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.applying import locked
from ddconf.cli.arguments import address_of
from ddconf.cli.group import Command, Group
from ddconf.cli.options import CommonOptions, LockOptions
from ddconf.cli.workspace import open_workspace


@click.group(cls=Group)
def command() -> None:
    """Inspect or edit the state."""


@command.command("list", cls=Command, epilog="Example: ddconf state list monitor")
@flags.common
@click.argument("prefix", default="", shell_complete=shell_completion.owned)
def list_(prefix: str, common: CommonOptions) -> None:
    """List the addresses that ddconf owns."""
    from ddconf.operations.state import read

    for address in sorted(read(open_workspace(common).backend).entries):
        if str(address).startswith(prefix):
            click.echo(str(address))


@command.command("show", cls=Command, epilog="Example: ddconf state show monitor.cpu_high")
@flags.common
@click.argument("address", shell_complete=shell_completion.owned)
def show(address: str, common: CommonOptions) -> None:
    """Show what was applied to an address."""
    from ddconf.definitions.yaml.write import dump
    from ddconf.operations.state import find
    from ddconf.render.values import veiled

    entry = find(open_workspace(common).backend, address_of(address))
    click.echo(f"# {address} [id={entry.id}]")
    click.echo(dump(veiled(dict(entry.applied))), nl=False)


@command.command("mv", cls=Command, epilog="Example: ddconf state mv monitor.cpu monitor.cpu_high")
@flags.common
@flags.locking
@click.argument("before", shell_complete=shell_completion.owned)
@click.argument("after")
def mv(before: str, after: str, common: CommonOptions, locking: LockOptions) -> None:
    """Give an owned object another address."""
    from ddconf.operations.state import move

    backend = open_workspace(common).backend
    with locked(backend, locking):
        move(backend, address_of(before), address_of(after))
    click.echo(f"Moved {before} to {after}.")


@command.command("rm", cls=Command, epilog="Example: ddconf state rm monitor.cpu_high")
@flags.common
@flags.locking
@click.argument("addresses", nargs=-1, required=True, shell_complete=shell_completion.owned)
def rm(addresses: tuple[str, ...], common: CommonOptions, locking: LockOptions) -> None:
    """Forget addresses; their objects stay as they are."""
    from ddconf.operations.state import forget

    backend = open_workspace(common).backend
    with locked(backend, locking):
        forget(backend, [address_of(text) for text in addresses])
    click.echo(f"Forgot {', '.join(addresses)}. The objects stay as they are.")


@command.command("pull", cls=Command, epilog="Example: ddconf state pull > copy.json")
@flags.common
def pull_(common: CommonOptions) -> None:
    """Print the state, to keep a copy or to look at it."""
    from ddconf.operations.state import pull

    click.echo(pull(open_workspace(common).backend), nl=False)


@command.command("push", cls=Command, epilog="Example: ddconf state push copy.json")
@flags.common
@flags.locking
@click.option("--force", is_flag=True, help="Even if it is older, or of another lineage.")
@click.argument("file", type=click.File("rb"))
def push_(file: BinaryIO, force: bool, common: CommonOptions, locking: LockOptions) -> None:
    """Put the state in FILE (- for standard input) in the place of the one that is there."""
    from ddconf.operations.state import push

    backend = open_workspace(common).backend
    with locked(backend, locking):
        pushed = push(backend, file.read(), file.name, force=force)
    click.echo(f"The state has {len(pushed.entries)} objects and serial {pushed.serial} now.")
