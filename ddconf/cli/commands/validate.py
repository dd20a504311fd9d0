"""Check the definitions without asking Datadog."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import MOST_SHOWN, Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace


@click.command(cls=Command, epilog="Example: ddconf validate -C definitions")
@flags.common
@flags.policies
def command(common: CommonOptions, policies: Path | None) -> int:
    """Check the definitions without asking Datadog: YAML, references, fields, grok rules, queries.

    The errors and warnings of `ddconf lint` are among what it reports.
    """
    from ddconf.cache.validate_cache import keep
    from ddconf.definitions.draw_diagnostic import draw
    from ddconf.errors import Severity
    from ddconf.operations.validate import validate

    said: list[tuple[str, bool]] = []

    def say(line: str, *, err: bool = False) -> None:
        stream = sys.stderr if err else sys.stdout
        said.append((line if stream.isatty() else click.unstyle(line), err))
        click.echo(line, err=err)

    workspace = open_workspace(common)
    definitions = workspace.definitions(say)
    definitions.refuse_emptiness(workspace.root)
    found = validate(definitions, workspace.settings, policies)
    errors = [diagnostic for diagnostic in found if diagnostic.severity is Severity.ERROR]
    left_out = {id(diagnostic) for diagnostic in errors[MOST_SHOWN:]}
    for diagnostic in found:
        if id(diagnostic) not in left_out:
            say(draw(diagnostic, color=workspace.color), err=True)
    if errors:
        shown = f" The first {MOST_SHOWN} are shown." if len(errors) > MOST_SHOWN else ""
        say(f"{len(errors)} {'mistake' if len(errors) == 1 else 'mistakes'} found.{shown}", err=True)
    else:
        number = len(definitions.items)
        say(f"Success! {number} {'definition is' if number == 1 else 'definitions are'} valid.")
    code = exit_codes.ERROR if errors else exit_codes.DONE
    keep(code, said)
    return code
