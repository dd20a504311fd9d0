"""Print the JSON Schema of definitions, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import completing
from ddconf.cli.group import Command
from ddconf.errors import DdconfError
from ddconf.kind import kind_names


@click.command(cls=Command, epilog="Example: ddconf schema --out .ddconf/schema.json")
@click.argument("kind", required=False, shell_complete=completing.kinds)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file.")
def command(kind: str | None, out: Path | None) -> None:
    """Print the JSON Schema of definition files, or of one kind.

    An editor with a YAML language server reads it from a first line such as
    `# yaml-language-server: $schema=ddconf.schema.json`.
    """
    import json

    from ddconf.operations.schema import of_files, of_kind

    if kind is not None and kind not in kind_names():
        raise DdconfError(f"no kind {kind!r}: `ddconf kinds` lists them")
    text = json.dumps(of_kind(kind) if kind else of_files(), indent=1) + "\n"
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
