"""Show which definition refers to which, for Graphviz."""

from __future__ import annotations

from typing import Any

import click

from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf graph | dot -Tsvg > graph.svg")
@options.common
def command(**chosen: Any) -> None:
    """Show which definition refers to which, in the DOT language of Graphviz."""
    from ddconf.operations.graph import as_dot, edges

    click.echo(as_dot(edges(open_workspace(chosen).definitions())), nl=False)
