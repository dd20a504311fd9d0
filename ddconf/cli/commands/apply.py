"""Make the organisation as the definitions say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ddconf.cli import options
from ddconf.cli.applying import run
from ddconf.cli.group import Command


@click.command(cls=Command, epilog="Example: ddconf plan --out=plan.json; ddconf apply plan.json")
@click.argument("plan_file", required=False, type=click.Path(path_type=Path))
@options.common
@options.remote
@options.planning
@options.locking
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
def command(**chosen: Any) -> int:
    """Make the organisation as the definitions say.

    Without PLAN_FILE a plan is made and shown, and only the word `yes` starts it. A saved plan starts at
    once, and only what still is as the plan saw it is changed.
    """
    return run(chosen)
