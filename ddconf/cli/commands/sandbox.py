"""Run, seed, reset and inspect the embedded sandbox organisation."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from pathlib import Path

import click

from ddconf.cli import flags
from ddconf.cli.group import Command, Group
from ddconf.cli.living_sandbox import StartOptions
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError


@click.group(cls=Group)
def command() -> None:
    """The embedded sandbox organisation: serve it to other tools, reset it, look at it."""


@command.command(
    "start", cls=Command, epilog="Example: ddconf sandbox start --seed definitions --dogstatsd 8125"
)
@flags.common
@flags.enrichment
@flags.grouped(
    "start",
    StartOptions,
    click.option(
        "--port",
        type=click.IntRange(0, 65535),
        default=8127,
        show_default=True,
        help="Serve here; 0: any that is free.",
    ),
    click.option("--host", default="127.0.0.1", show_default=True, help="Serve on this address."),
    click.option(
        "--dogstatsd",
        type=click.IntRange(0, 65535),
        metavar="PORT",
        help="Take DogStatsD's datagrams on this UDP port (its own is 8125).",
    ),
    click.option(
        "--seed",
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="DIR",
        help="Make what is defined in this folder before serving.",
    ),
    click.option("--hold", is_flag=True, help="A clock that moves only when told to: /_sandbox/clock."),
    click.option("--require-keys", is_flag=True, help="Refuse requests without keys."),
    click.option("--any-age", is_flag=True, help="Take logs and points of any date."),
    click.option(
        "--keep-logs",
        type=click.IntRange(1),
        default=200_000,
        show_default=True,
        metavar="N",
        help="Forget the oldest logs beyond so many.",
    ),
    click.option(
        "--notify-to",
        multiple=True,
        metavar="HOST",
        help="Post webhooks and forwarded logs to this host too, not to this machine alone.",
    ),
    click.option(
        "--allow-host",
        "allow_hosts",
        multiple=True,
        metavar="NAME",
        help="Answer to this name too, as of a proxy.",
    ),
    click.option(
        "--fault", "faults", multiple=True, metavar="FAULT", help="Let requests go wrong, as said above."
    ),
)
def start(common: CommonOptions, enrichment: EnrichmentOptions, start: StartOptions) -> None:
    """Serve the sandbox to other tools until Ctrl-C.

    They may be shippers of logs and metrics, Terraform, API clients, another ddconf. Logs pass the
    organisation's pipelines to their indexes, monitors are evaluated, webhooks are posted to this machine
    alone. FAULT is 'NAME [METHOD] [/PATH] [xTIMES | SHARE%]', as in '429 x3', '503 10%' or
    'lost POST /api/v1/monitor'. NAME is 429 or a 5xx (nothing has happened), lost (it has happened, but a
    504 comes), reset, slow, html, cut-short, truncated, stale, ignored or stale-after-write. It strikes the
    next request that matches.
    """
    from ddconf.cli.living_sandbox import living_sandbox

    # With a seed, variables and the environment are those of its definitions.
    own = replace(common, variables=(), variable_files=(), environment=None) if start.seed else common
    workspace = open_workspace(own)
    with living_sandbox(workspace.sandbox_folder, start, enrichment.sources()) as served:
        if start.seed:
            made = _seed(open_workspace(replace(common, chdir=start.seed, sandbox=True)), served.url)
            served.sandbox.is_ready = True
            click.echo(f"Made {made} objects of {start.seed}.")
        click.echo(f"The sandbox listens on {served.url} (any keys will do). Ctrl-C stops it.")
        if served.dogstatsd:
            click.echo(f"DogStatsD: UDP port {served.dogstatsd}.")
        try:
            _end_by_signals()
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            click.echo("Stopped.")


def _end_by_signals() -> None:
    """Ctrl-C and `kill` end it alike, also in a container and behind `&`, where they would be ignored.

    A second one changes nothing: what has arrived is being written to its archives.
    """
    numbers = (signal.SIGINT, signal.SIGTERM)

    def end(*_: object) -> None:
        for number in numbers:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in numbers:
        signal.signal(number, end)


def _seed(workspace: Workspace, url: str) -> int:
    from ddconf.operations.apply.seed import make_unowned

    client = workspace.client_of_sandbox(url)
    return make_unowned(client, workspace.settings, workspace.definitions())


@command.command("health", cls=Command, epilog="Example: ddconf sandbox health")
@click.option(
    "--url", default="http://127.0.0.1:8127", show_default=True, help="Where the sandbox is served."
)
def health(url: str) -> None:
    """Say whether a sandbox that is served is ready; fails if it is not."""
    import json

    import urllib3

    try:
        response = urllib3.request("GET", f"{url.rstrip('/')}/_sandbox/health", retries=False, timeout=5)
    except urllib3.exceptions.HTTPError as error:
        raise DdconfError(f"no sandbox at {url}: {error}") from None
    if response.status != 200:
        raise DdconfError(f"the sandbox at {url} is not ready")
    click.echo(json.dumps(response.json(), indent=1))


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
    """Create these objects unmanaged; a plan then adopts them."""
    from ddconf.operations.apply.seed import make_unowned

    workspace = open_workspace(replace(common, sandbox=True))
    with workspace.connect() as client:
        made = make_unowned(client, workspace.settings, workspace.definitions())
    click.echo(f"Made {made} objects in the sandbox. `ddconf export --sandbox` takes them over.")
