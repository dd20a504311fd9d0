"""Delete everything that ddconf owns."""

from __future__ import annotations

from typing import Any

import click

from ddconf.cli import options
from ddconf.cli.applying import run
from ddconf.cli.group import Command


@click.command(cls=Command, epilog="Example: ddconf destroy --target=monitor.cpu_high")
@options.common
@options.remote
@options.planning
@options.locking
@click.option("--auto-approve", is_flag=True, help="Do not ask.")
def command(**chosen: Any) -> int:
    """Delete everything that ddconf owns; the same as `apply --destroy`."""
    return run({**chosen, "destroy": True, "plan_file": None})
