"""Print the JSON Schema of definitions, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import shell_completion
from ddconf.cli.arguments import kind_of
from ddconf.cli.group import Command
from ddconf.cli.own_folder import refuse_link_to


@click.command(cls=Command, epilog="Example: ddconf schema --out .ddconf/schema.json")
@click.argument("kind", required=False, shell_complete=shell_completion.kinds)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
def command(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of definition files, or of one kind.

    An editor with a YAML language server reads it from a first line such as
    `# yaml-language-server: $schema=ddconf.schema.json`.
    """
    import json

    from ddconf.operations.schema import of_files, of_kind

    text = json.dumps(of_kind(kind_of(kind).name) if kind else of_files(), indent=1) + "\n"
    if out:
        refuse_link_to(out)
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
