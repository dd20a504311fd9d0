"""Convert Datadog's own files to definitions."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError, Diagnostic


@click.command(cls=Command, epilog="Example: ddconf convert dashboard.json --out definitions")
@flags.common
@click.option("--out", type=click.Path(path_type=Path), help="Folder for the definitions (default: print).")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(files: tuple[Path, ...], out: Path | None, common: CommonOptions) -> None:
    """Write Datadog's own files as definitions.

    JSON that the web interface exports (dashboards, monitors, pipelines, SLOs, synthetic tests and others) is
    told by its fields, and so are the log assets of integrations (`id`, `facets:`, `pipeline:`).
    """
    from ddconf.operations.convert import convert
    from ddconf.operations.write_files import write_file

    open_workspace(common)
    texts: dict[Path, str] = {}
    mistakes: list[Diagnostic] = []
    for file in files:
        try:
            texts[file] = convert(file)
        except DdconfError as error:
            mistakes += error.diagnostics
    there = [file for file in texts if out is not None and (out / f"{file.stem}.yaml").exists()]
    mistakes += [Diagnostic(f"{out}/{file.stem}.yaml already exists", hint="move it away") for file in there]
    if mistakes:
        raise DdconfError(*mistakes)
    for file, text in texts.items():
        if out is None:
            click.echo(text, nl=False)
        else:
            write_file(out / f"{file.stem}.yaml", text)
            click.echo(f"wrote {out / f'{file.stem}.yaml'}")
