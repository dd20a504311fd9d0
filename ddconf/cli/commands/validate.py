"""Check the definitions without asking Datadog."""

from __future__ import annotations

import sys

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf validate -C definitions")
@flags.common
def command(common: CommonOptions) -> int:
    """Check the definitions without asking Datadog: YAML, references, fields, grok rules, queries.

    The errors and warnings of `ddconf lint` are among what it reports.
    """
    from ddconf.cache.validate_cache import keep
    from ddconf.definitions.snippet import draw
    from ddconf.errors import Severity
    from ddconf.operations.validate import validate

    said: list[tuple[str, bool]] = []

    def say(line: str, *, err: bool = False) -> None:
        stream = sys.stderr if err else sys.stdout
        said.append((line if stream.isatty() else click.unstyle(line), err))
        click.echo(line, err=err)

    workspace = open_workspace(common)
    definitions = workspace.definitions(say)
    found = validate(definitions, workspace.settings)
    for diagnostic in found:
        say(draw(diagnostic, color=workspace.color), err=True)
    errors = sum(diagnostic.severity is Severity.ERROR for diagnostic in found)
    if errors:
        say(f"{errors} {'mistake' if errors == 1 else 'mistakes'} found.", err=True)
    else:
        number = len(definitions.items)
        say(f"Success! {number} {'definition is' if number == 1 else 'definitions are'} valid.")
    code = exit_codes.ERROR if errors else exit_codes.DONE
    keep(code, said)
    return code
