"""Show what your keys may do."""

from __future__ import annotations

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command, Group
from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.workspace import open_workspace


@click.group(cls=Group)
def command() -> None:
    """Say what the keys can do."""


@command.command("check", cls=Command, epilog="Example: ddconf auth check --env prod")
@flags.common
@flags.remote
def check(common: CommonOptions, remote: RemoteOptions) -> int:
    """Ask Datadog whether the keys are valid, and which kinds they can read."""
    from ddconf.operations.auth import check_keys, readable, summary

    workspace = open_workspace(common, remote)
    with workspace.connect() as client:
        click.echo(check_keys(client))
        rows = readable(client)
    width = max(len(row.kind) for row in rows)
    for row in rows:
        click.echo(f"  {row.kind:{width}}  {row.answer}")
    click.echo(summary(rows))
    return exit_codes.DONE if all(row.readable for row in rows) else exit_codes.ERROR
