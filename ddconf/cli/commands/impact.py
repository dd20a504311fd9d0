"""Show what a change of a definition affects."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.arguments import address_of
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.operations.impact import Impact


@click.command(cls=Command, epilog="Example: ddconf impact logs_custom_pipeline.nginx")
@flags.common
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.argument("address", shell_complete=shell_completion.addresses)
def command(common: CommonOptions, address: str, output: str) -> None:
    """Show what a change of a definition touches: references, and readers of what it writes or holds."""
    from ddconf.operations.impact import impact

    workspace = open_workspace(common)
    found = impact(workspace.definitions(), workspace.settings, address_of(address))
    if output == "json":
        import json

        click.echo(json.dumps(_as_json(found), indent=1))
    else:
        click.echo("\n".join(_lines(found)))


def _as_json(found: Impact) -> dict[str, Any]:
    return {
        "address": str(found.address),
        "refers_to": [str(item) for item in found.refers_to],
        "referred_by": [str(item) for item in found.referred_by],
        "readers": {
            name: [
                {"address": str(item.address), "detail": item.detail, "source": str(item.source or "")}
                for item in mentions
            ]
            for name, mentions in found.readers.items()
        },
    }


def _lines(found: Impact) -> Iterable[str]:
    from ddconf.cli.commands.why import mention_lines

    yield str(found.address)
    for heading, addresses in (("refers to", found.refers_to), ("referred to by", found.referred_by)):
        yield f"\n{heading}: {', '.join(map(str, addresses)) or 'nothing'}"
    yield "\nread by:" + ("" if found.readers else " nothing")
    for name, mentions in found.readers.items():
        yield f"  {name}"
        yield from (f"  {line}" for line in mention_lines(mentions))
