"""Draw which definition refers to which, for Graphviz."""

from __future__ import annotations

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf graph | dot -Tsvg > graph.svg")
@flags.common
def command(common: CommonOptions) -> None:
    """Show which definition refers to which, in the DOT language of Graphviz."""
    from ddconf.operations.graph import as_dot, edges

    click.echo(as_dot(edges(open_workspace(common).definitions())), nl=False)
