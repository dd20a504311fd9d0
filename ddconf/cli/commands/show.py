"""Show a saved plan."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, ShowOptions
from ddconf.cli.planning import Next, load_plan, show
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf show plan.json --format markdown")
@click.argument("plan_file", type=click.Path(path_type=Path))
@flags.common
@flags.showing
def command(plan_file: Path, common: CommonOptions, showing: ShowOptions) -> None:
    """Show a saved plan."""
    workspace = open_workspace(common)
    show(workspace, load_plan(plan_file), showing, Next(common, saved=plan_file))
