"""Find duplicate live objects and what refers to each."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.planning import read_state
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError

if TYPE_CHECKING:
    from ddconf.operations.plan.twins import Twin


@click.command(cls=Command, epilog="Example: ddconf dedupe monitor dashboard")
@click.argument("kinds", nargs=-1, metavar="[KIND]...", shell_complete=shell_completion.kinds)
@flags.common
@flags.remote
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where something is there twice.")
def command(
    kinds: tuple[str, ...],
    common: CommonOptions,
    remote: RemoteOptions,
    output: str,
    detailed_exitcode: bool,
) -> int:
    """Show live objects of one kind and name, and what refers to each; without a KIND, of those in the state.

    Nothing is deleted: name the one to keep in its definition with `ddconf: {id: ...}`, and delete the others
    in Datadog once nothing refers to them.
    """
    from ddconf.operations.plan.twins import find_twins, listed_kinds

    possible = listed_kinds()
    if unknown := [name for name in kinds if name not in possible]:
        raise DdconfError(f"cannot look for twins of {', '.join(unknown)}: not listed, or names are unique")
    workspace = open_workspace(common, remote)
    with workspace.connect() as client:
        state = read_state(workspace, client)
        wanted = set(kinds) or {address.kind for address in state.entries} & set(possible)
        groups = find_twins(client, workspace.settings, state, wanted, sandbox=workspace.sandbox)
    click.echo(_json(groups) if output == "json" else "\n".join(_lines(groups)))
    return exit_codes.CHANGES if groups and detailed_exitcode else exit_codes.DONE


def _lines(groups: list[tuple[Twin, ...]]) -> list[str]:
    lines = []
    for group in groups:
        lines.append(f"{group[0].kind} {group[0].title!r}: {len(group)} live objects")
        for twin in group:
            users = f"used by {', '.join(twin.used_by)}" if twin.used_by else "used by nothing known"
            lines.append(f"  {twin.id}  {twin.address or '(no address)'}, {users}")
            if twin.differs_in:
                lines.append(f"    differs from the first in {', '.join(twin.differs_in)}")
    return lines or ["Nothing is there twice."]


def _json(groups: list[tuple[Twin, ...]]) -> str:
    import json

    return json.dumps([[asdict(twin) for twin in group] for group in groups], indent=1)
