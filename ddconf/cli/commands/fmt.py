"""Format definition files; comments are kept."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf fmt --check")
@flags.common
@click.option("--check", is_flag=True, help="Only list what would change; exit with 1 if there is any.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path, exists=True))
def command(paths: tuple[Path, ...], check: bool, common: CommonOptions) -> int:
    """Format definition files, comments kept."""
    from ddconf.operations.format import reformat

    workspace = open_workspace(common)
    changed = reformat(list(paths) or [workspace.root], write=not check, ignore=workspace.settings.ignore)
    for file in changed:
        click.echo(str(file))
    return exit_codes.ERROR if check and changed else exit_codes.DONE
