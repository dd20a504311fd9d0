"""Print the version."""

import click

from ddconf import __version__
from ddconf.cli.group import Command


@click.command(cls=Command, epilog="Example: ddconf version")
def command() -> None:
    """Print the version."""
    click.echo(f"ddconf {__version__}")
