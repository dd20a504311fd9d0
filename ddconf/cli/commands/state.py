"""Look into the state, or mend it."""

from __future__ import annotations

from typing import Any, BinaryIO

import click

from ddconf.cli import options, shell_completion
from ddconf.cli.applying import locked
from ddconf.cli.arguments import address_of
from ddconf.cli.group import Command, Group
from ddconf.cli.workspace import open_workspace


@click.group(cls=Group)
def command() -> None:
    """Look into the state, or mend it."""


@command.command("list", cls=Command, epilog="Example: ddconf state list monitor")
@options.common
@click.argument("prefix", default="", shell_complete=shell_completion.owned)
def list_(prefix: str, **chosen: Any) -> None:
    """List the addresses that ddconf owns."""
    from ddconf.operations.state import read

    for address in sorted(read(open_workspace(chosen).backend).entries):
        if str(address).startswith(prefix):
            click.echo(str(address))


@command.command("show", cls=Command, epilog="Example: ddconf state show monitor.cpu_high")
@options.common
@click.argument("address", shell_complete=shell_completion.owned)
def show(address: str, **chosen: Any) -> None:
    """Show what was applied to an address."""
    from ddconf.definitions.yaml.write import dump
    from ddconf.operations.state import find

    entry = find(open_workspace(chosen).backend, address_of(address))
    click.echo(f"# {address} [id={entry.id}]")
    click.echo(dump(dict(entry.applied)), nl=False)


@command.command("mv", cls=Command, epilog="Example: ddconf state mv monitor.cpu monitor.cpu_high")
@options.common
@options.locking
@click.argument("before", shell_complete=shell_completion.owned)
@click.argument("after")
def mv(before: str, after: str, **chosen: Any) -> None:
    """Give an owned object another address."""
    from ddconf.operations.state import move

    backend = open_workspace(chosen).backend
    with locked(backend, chosen):
        move(backend, address_of(before), address_of(after))
    click.echo(f"Moved {before} to {after}.")


@command.command("rm", cls=Command, epilog="Example: ddconf state rm monitor.cpu_high")
@options.common
@options.locking
@click.argument("addresses", nargs=-1, required=True, shell_complete=shell_completion.owned)
def rm(addresses: tuple[str, ...], **chosen: Any) -> None:
    """Forget addresses; their objects stay as they are."""
    from ddconf.operations.state import forget

    backend = open_workspace(chosen).backend
    with locked(backend, chosen):
        forget(backend, [address_of(text) for text in addresses])
    click.echo(f"Forgot {', '.join(addresses)}. The objects stay as they are.")


@command.command("pull", cls=Command, epilog="Example: ddconf state pull > copy.json")
@options.common
def pull_(**chosen: Any) -> None:
    """Print the state, to keep a copy or to look at it."""
    from ddconf.operations.state import pull

    click.echo(pull(open_workspace(chosen).backend), nl=False)


@command.command("push", cls=Command, epilog="Example: ddconf state push copy.json")
@options.common
@options.locking
@click.option("--force", is_flag=True, help="Even if it is older, or of another lineage.")
@click.argument("file", type=click.File("rb"))
def push_(file: BinaryIO, force: bool, **chosen: Any) -> None:
    """Put the state in FILE (- for standard input) in the place of the one that is there."""
    from ddconf.operations.state import push

    backend = open_workspace(chosen).backend
    with locked(backend, chosen):
        pushed = push(backend, file.read(), file.name, force=force)
    click.echo(f"The state has {len(pushed.entries)} objects and serial {pushed.serial} now.")
