"""Start a folder of definitions."""

from __future__ import annotations

from pathlib import Path

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.own_folder import refuse_links_out
from ddconf.definitions.sites import SITES
from ddconf.definitions.suggest import did_you_mean
from ddconf.errors import DdconfError, Diagnostic
from ddconf.operations.schema import write_schema_file
from ddconf.operations.start_folder import DEFAULT_SITE, start_folder
from ddconf.operations.write_files import write_file

VARIABLES = """\
variables:
  env: prod
"""

EXAMPLE = """\
# yaml-language-server: $schema=.ddconf/schema.json
# An address is the path in the YAML: this is monitor.cpu_high. The body is Datadog's own JSON.
monitor:
  cpu_high:
    name: CPU is high on ${var.env}
    type: query alert
    query: avg(last_5m):avg:system.cpu.user{env:${var.env}} by {host} > 90
    message: CPU of {{host.name}} is at {{value}} %. @slack-operations
    options:
      thresholds: {critical: 90}
"""


@click.command(cls=Command, epilog="Example: ddconf init --site datadoghq.eu")
@flags.common
@flags.asking
def command(common: CommonOptions, asks: bool) -> None:
    """Start a folder of definitions: settings, an example, and what git should leave out.

    The settings name the site of --site, or datadoghq.com.
    """
    folder, site = common.chdir or Path(), common.site or DEFAULT_SITE
    if (folder / "ddconf.yaml").exists():
        raise DdconfError(f"{folder / 'ddconf.yaml'} already exists")
    if site not in SITES:
        hint = did_you_mean(site, SITES, f"sites are {', '.join(SITES)}")
        raise DdconfError(Diagnostic(f"unknown site '{site}'", hint=hint))
    folder.mkdir(parents=True, exist_ok=True)
    refuse_links_out(folder)
    write_schema_file(folder)
    example = folder / "monitors.yaml"
    written = start_folder(folder, site, VARIABLES)
    if not example.exists():
        write_file(example, EXAMPLE)
        written.append(example)
    for file in written:
        click.echo(f"wrote {file}")
    click.echo("\nNext: `ddconf plan --sandbox`, which needs no keys.")
