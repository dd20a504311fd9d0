"""Show what a log of the sandbox passed through."""

from __future__ import annotations

import json
from typing import Any

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError, Diagnostic


@click.command(cls=Command, epilog="Example: ddconf why-log --last 5")
@flags.common
@click.argument("id", required=False)
@click.option("--last", type=click.IntRange(1, 1000), metavar="N", help="The N logs that arrived last.")
@click.option("--url", help="Ask a sandbox that is served there, not the one of this folder.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
def command(common: CommonOptions, id: str | None, last: int | None, url: str | None, output: str) -> None:
    """Say what a log of the sandbox met on its way: pipelines, scanner, index, exclusion, archive, metrics.

    ID is the log's id in searches; `--last` needs none, and finds logs that no index took.
    """
    path = f"why/{id}" if id else f"why?count={last or 1}"
    found = _asked(url, path) if url else _read(common, id, last or 1)
    if output == "json":
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    from ddconf.living.routing.why import Why

    for item in found:
        click.echo(f"{item['id']}  {str(item['message'])[:100]}")
        for line in Why.from_json(item["why"]).in_words():
            click.echo(f"  {line}")


def _asked(url: str, path: str) -> list[dict[str, Any]]:
    import urllib3

    try:
        response = urllib3.request("GET", f"{url.rstrip('/')}/_sandbox/{path}", retries=False, timeout=10)
        said: dict[str, Any] = response.json()
    except (urllib3.exceptions.HTTPError, ValueError) as error:
        hint = "`ddconf sandbox start` serves one"
        raise DdconfError(Diagnostic(f"no sandbox at {url}: {error}", hint=hint)) from None
    if response.status != 200:
        raise DdconfError(*map(str, said.get("errors") or [f"status {response.status}"]))
    return list(said["logs"]) if "logs" in said else [said]


def _read(common: CommonOptions, id: str | None, last: int) -> list[dict[str, Any]]:
    from ddconf.cli.living_sandbox import DATA_FILE
    from ddconf.living.store.database import Database
    from ddconf.living.store.logs import LogStore

    file = open_workspace(common).sandbox_folder / DATA_FILE
    if not file.exists():
        hint = "start it with `ddconf sandbox start` and send some, or name another one with --url"
        raise DdconfError(Diagnostic("the sandbox of this folder has no logs", hint=hint))
    store = LogStore(Database(file))
    found = [store.find(id)] if id else list(store.newest(last))
    if None in found:
        hint = "its id may be mistyped, or it is older than what the sandbox keeps"
        raise DdconfError(Diagnostic(f"no log {id}", hint=hint))
    return [
        {"id": stored.id, "message": stored.log.message, "index": place, "why": why}
        for stored, place, why in (item for item in found if item)
    ]
