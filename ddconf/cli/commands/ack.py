"""Record that a change was made manually."""

from __future__ import annotations

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.applying import locked
from ddconf.cli.arguments import address_of
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, LockOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf ack logs_facet.client_ip")
@flags.common
@flags.locking
@click.argument("addresses", nargs=-1, required=True, shell_complete=shell_completion.addresses)
def command(addresses: tuple[str, ...], common: CommonOptions, locking: LockOptions) -> None:
    """Record that MANUAL changes were made by hand, so that the plan asks for them no more."""
    from ddconf.operations.apply.ack import acknowledge
    from ddconf.operations.plan.fetch import kinds_for
    from ddconf.state.journal import load_state, new_state

    workspace = open_workspace(common)
    backend = workspace.backend
    done = [address_of(text) for text in addresses]
    with locked(backend, locking):
        state = load_state(backend) or new_state(workspace.site())
        kinds = kinds_for(workspace.settings, sandbox=workspace.sandbox)
        acknowledge(backend, state, workspace.definitions(), kinds, done)
    for address in done:
        click.echo(f"Recorded {address} as done by hand.")
