"""The embedded sandbox organisation: serve, reset, look."""

from __future__ import annotations

import time
from dataclasses import replace

import click

from ddconf.cli import flags
from ddconf.cli.group import Command, Group
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.group(cls=Group)
def command() -> None:
    """The embedded sandbox organisation: serve it to other tools, reset it, look at it."""


@command.command("start", cls=Command, epilog="Example: ddconf sandbox start --port 8126 --fault '503 10%'")
@flags.common
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8126,
    show_default=True,
    help="Serve here; 0: any that is free.",
)
@click.option(
    "--fault", "faults", multiple=True, metavar="FAULT", help="Let requests go wrong, as said above."
)
def start(common: CommonOptions, port: int, faults: tuple[str, ...]) -> None:
    """Serve the sandbox to other tools until Ctrl-C, such as curl, Terraform or the official client.

    FAULT is 'NAME [METHOD] [/PATH] [xTIMES | SHARE%]', as in '429 x3', '503 10%' or 'lost POST
    /api/v1/monitor'. NAME is 429 or a 5xx (nothing has happened), lost (it has happened, but a 504 comes),
    reset, slow, html, cut-short, truncated or stale. It strikes the next request that matches.
    """
    from ddconf.cli.embedded import emulator

    with emulator(open_workspace(common).sandbox_folder, port, faults) as url:
        click.echo(f"The sandbox listens on {url} (any keys will do). Ctrl-C stops it.")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("Stopped.")


@command.command("reset", cls=Command, epilog="Example: ddconf sandbox reset")
@flags.common
def reset(common: CommonOptions) -> None:
    """Make the sandbox a fresh organisation, and forget its state."""
    import shutil

    workspace = open_workspace(common)
    for folder in (workspace.sandbox_folder, workspace.private / "sandbox"):
        if folder.exists():
            shutil.rmtree(folder)
    click.echo("The sandbox is a fresh organisation.")


@command.command("status", cls=Command, epilog="Example: ddconf sandbox status")
@flags.common
def status(common: CommonOptions) -> None:
    """Count what is in the sandbox organisation, by kind."""
    from ddconf.kind import kind_names
    from ddconf.operations.plan.fetch import fetch

    workspace = open_workspace(replace(common, sandbox=True))
    with workspace.connect() as client:
        live = fetch(client, kind_names(), workspace.settings, sandbox=True)
    for name, items in sorted(live.items()):
        if items:
            click.echo(f"{len(items):5}  {name}")
    click.echo(f"{sum(not items for items in live.values())} kinds have no object.")


@command.command("seed", cls=Command, epilog="Example: ddconf sandbox seed")
@flags.common
def seed(common: CommonOptions) -> None:
    """Make what is defined here, as if by hand. ddconf does not own it; a plan adopts it."""
    from ddconf.operations.apply.seed import make_unowned

    workspace = open_workspace(replace(common, sandbox=True))
    with workspace.connect() as client:
        made = make_unowned(client, workspace.settings, workspace.definitions())
    click.echo(f"Made {made} objects in the sandbox. `ddconf export --sandbox` takes them over.")
