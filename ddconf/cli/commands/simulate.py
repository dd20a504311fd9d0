"""Run logs through the log pipelines."""

from __future__ import annotations

from dataclasses import dataclass
from shutil import get_terminal_size
from typing import IO

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.lines import LOGS, line_blocks, tell_of_waiting
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError, Diagnostic


@dataclass(frozen=True)
class InputOptions:
    """The logs to run, and where they come from."""

    logs: IO[str]
    source: str | None
    service: str | None
    tags: tuple[str, ...]
    no_preprocess: bool


_input_options = flags.grouped(
    "input_options",
    InputOptions,
    click.option("--logs", type=LOGS, default="-", help="Lines to run (default: stdin)."),
    click.option("--source", help="The logs' source, as the Agent would send it."),
    click.option("--service", help="The logs' service."),
    click.option("--tag", "tags", multiple=True, metavar="KEY:VALUE", help="A tag of the logs."),
    click.option("--no-preprocess", is_flag=True, help="Do not take official fields from JSON logs."),
)


@click.command(cls=Command, epilog="Example: ddconf simulate nginx --trace --logs access.log")
@flags.common
@click.argument("address", required=False, shell_complete=shell_completion.addresses)
@_input_options
@flags.enrichment
@click.option("--trace", is_flag=True, help="Show what each processor did.")
@click.option("--processes", type=click.IntRange(1), metavar="N", help="How many processes run logs.")
def command(
    common: CommonOptions,
    address: str | None,
    input_options: InputOptions,
    enrichment: EnrichmentOptions,
    trace: bool,
    processes: int | None,
) -> None:
    """Run logs (text or JSON lines) through one pipeline, or through all in their order.

    Prints the resulting logs as JSON lines, or with --trace a table of what each processor matched and
    changed, or why it did nothing. Logs for one pipeline are taken to have the source, service and tags that
    its filter asks for, unless --source, --service or --tag is given.
    """
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of
    from ddconf.operations.pipeline_tests.simulate import LogOrigin, Simulation, simulate, traced
    from ddconf.render.steps import steps_table
    from ddconf.render.style import bold
    from ddconf.render.values import printable

    workspace = open_workspace(common)
    pipelines = pipelines_of(workspace.definitions(), address)
    if not pipelines:
        hint = "define a logs_custom_pipeline, or name the folder of the definitions with -C"
        raise DdconfError(Diagnostic("there are no log pipelines here", hint=hint))
    tell_of_waiting(input_options.logs)
    simulation = Simulation(
        pipelines,
        LogOrigin(input_options.source, input_options.service, input_options.tags),
        preprocess=not input_options.no_preprocess,
        enrichment=enrichment.sources(),
        meant=address is not None,
    )
    logs_seen = logs_met = 0
    if trace:
        names = [address.name for address in pipelines]
        for line, outcome in traced(simulation, input_options.logs):
            logs_seen += 1
            logs_met += outcome.taken > 0
            table = steps_table(outcome, names, get_terminal_size().columns, color=workspace.color)
            lines = (bold(printable(line), workspace.color), "", *table, "")
            click.echo("\n".join(lines), color=workspace.color)
    else:
        for block in simulate(simulation, line_blocks(input_options.logs), processes):
            logs_seen += block.logs
            logs_met += block.taken
            click.echo(block.text, nl=False, color=True)  # JSON has no colors to look for and take out
    if logs_seen and not logs_met:
        click.echo(
            "No pipeline's filter matched: --source, --service and --tag say where logs come from.", err=True
        )
