"""Check the definitions without asking Datadog."""

from __future__ import annotations

from typing import Any

import click

from ddconf.cli import exit_codes, options
from ddconf.cli.group import Command
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command)
@options.common
def command(**chosen: Any) -> int:
    """Check the definitions without asking Datadog: YAML, references, fields, grok rules, queries.

    The errors and warnings of `ddconf lint` are among what it reports.
    """
    from ddconf.definitions.snippet import draw
    from ddconf.errors import Severity
    from ddconf.operations.validate import validate

    workspace = open_workspace(chosen)
    definitions = workspace.definitions()
    found = validate(definitions, workspace.settings)
    for diagnostic in found:
        click.echo(draw(diagnostic, color=workspace.color), err=True)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    if errors:
        click.echo(f"{errors} {'mistake' if errors == 1 else 'mistakes'} found.", err=True)
        return exit_codes.ERROR
    number = len(definitions.items)
    click.echo(f"Success! {number} {'definition is' if number == 1 else 'definitions are'} valid.")
    return exit_codes.DONE
