"""Show a saved plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.planning import load_plan, show
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf show plan.json --format markdown")
@click.argument("plan_file", type=click.Path(path_type=Path))
@options.common
@options.showing
def command(plan_file: Path, output: str, **chosen: Any) -> None:
    """Show a saved plan."""
    workspace = open_workspace(chosen)
    show(workspace, load_plan(plan_file), output, saved=plan_file, full=chosen["full"], chosen=chosen)
