"""Compare two environments, object by object."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, RemoteOptions
from ddconf.cli.planning import read_state
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError


@click.command(cls=Command, epilog="Example: ddconf diff --env staging --env prod")
@flags.everywhere
@flags.remote
@click.option(
    "--env", "environments", metavar="NAME", multiple=True, help="One of two environments of ddconf.yaml."
)
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 2 where the two differ.")
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    environments: tuple[str, ...],
    output: str,
    detailed_exitcode: bool,
) -> int:
    """Compare the live configuration of two environments: `ddconf diff --env staging --env prod`.

    Objects are paired by address, as the state of each environment knows them, and by natural key where one
    of the states does not name them. The keys of an environment are in variables that end in its name:
    DD_API_KEY_PROD, DD_APP_KEY_PROD.
    """
    from ddconf.operations.plan.diff import compare, live_side

    if len(environments) != 2:
        raise DdconfError("two environments are compared: `ddconf diff --env staging --env prod`")
    with ExitStack() as stack:
        sides = []
        for environment in environments:
            workspace = open_workspace(replace(common, environment=environment), remote)
            client = stack.enter_context(workspace.connect())
            sides.append((workspace, client, read_state(workspace, client)))
        wanted = {address.kind for _, _, state in sides for address in state.entries}
        one, other = (
            live_side(client, workspace.settings, state, wanted, sandbox=workspace.sandbox)
            for workspace, client, state in sides
        )
    first, second = environments
    differences = compare(one, other, (first, second))
    if output == "json":
        click.echo(_json(differences))
    else:
        for line in _lines(differences, (first, second)):
            click.echo(line)
    return exit_codes.CHANGES if differences and detailed_exitcode else exit_codes.DONE


def _lines(differences: list[Any], names: tuple[str, str]) -> list[str]:
    from ddconf.document import format_path
    from ddconf.render.values import quoted

    lines = []
    for item in differences:
        if item.only_in:
            lines.append(f"{'-' if item.only_in == names[0] else '+'} {item.address}: only in {item.only_in}")
            continue
        lines.append(f"~ {item.address}")
        for field in item.fields:
            lines.append(f"    {format_path(field.path)}")
            lines += [
                f"      {name}: {'(absent)' if value is None else quoted(value)}"
                for name, value in zip(names, (field.before, field.after), strict=True)
            ]
    return lines or [f"{names[0]} and {names[1]} have the same."]


def _json(differences: list[Any]) -> str:
    import json

    from ddconf.document import format_path

    return json.dumps(
        [
            {
                "address": str(item.address),
                "only_in": item.only_in,
                "fields": [
                    {"path": format_path(field.path), "first": field.before, "second": field.after}
                    for field in item.fields
                ],
            }
            for item in differences
        ],
        indent=1,
    )
