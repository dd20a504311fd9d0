"""Show when monitors would have alerted on given logs or series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.lines import LOGS, tell_of_waiting
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.alerting.events import ArrivedEvent
    from ddconf.alerting.metrics.samples import Samples
    from ddconf.operations.alert_tests.bench import AlertBench


@dataclass(frozen=True)
class DataOptions:
    """The data to look at, and where its logs come from."""

    logs: IO[str] | None
    series: IO[str] | None
    source: str | None
    service: str | None
    tags: tuple[str, ...]


_data_options = flags.grouped(
    "data_options",
    DataOptions,
    click.option("--logs", type=LOGS, help="Logs, text or JSON lines; each has its own time."),
    click.option("--series", type=LOGS, help="Series of metrics, as Datadog's API takes or gives them."),
    click.option("--source", help="The logs' source, as the Agent would send it."),
    click.option("--service", help="The logs' service."),
    click.option("--tag", "tags", multiple=True, metavar="KEY:VALUE", help="A tag of the logs."),
)


@click.command(cls=Command, epilog="Example: ddconf alerts vrrp-flapping --logs keepalived.log")
@flags.common
@click.argument("address", required=False)
@_data_options
@flags.enrichment
@click.option("-v", "--verbose", is_flag=True, help="Show monitors that stay silent, too.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "html"]),
    default="text",
    help="How to print it (text).",
)
def command(
    common: CommonOptions,
    address: str | None,
    data_options: DataOptions,
    enrichment: EnrichmentOptions,
    verbose: bool,
    output: str,
) -> None:
    """Show when monitors would have alerted: for which group, with which text, and who would have been told.

    Logs go through the defined pipelines first, and count at the time that these find in them. The data end
    where the files end: silence after that is not evaluated.
    """
    from ddconf.operations.alert_tests.bench import AlertBench
    from ddconf.operations.alert_tests.history import chosen_monitors, histories, span_of
    from ddconf.render import alerts

    workspace = open_workspace(common)
    bench = AlertBench(workspace.definitions(), enrichment.sources())
    addresses = chosen_monitors(bench, address)
    series, events = _series(data_options), _events(bench, data_options)
    span = span_of(series, events)
    found = [
        alerts.AlertHistory(
            item.address,
            str(bench.documents[item.address].get("name") or ""),
            item.notifications,
            item.why_not,
            item.timeline.history if item.timeline else {},
        )
        for item in histories(bench, addresses, series, events)
    ]
    if output == "json":
        click.echo(alerts.render_json(found, span))
        return
    if output == "html":
        from ddconf.render.alerts_page import render_page

        click.echo(render_page(found, span), nl=False)
        return
    color = workspace.color
    for history in found:
        if history.sent or (verbose and not history.why_not):
            click.echo("\n".join(alerts.lines(history, color=color)), color=color)
    for line in alerts.uncomputed(found, color=color):
        click.echo(line, err=True, color=color)
    click.echo(alerts.summary(found, span))


def _series(data_options: DataOptions) -> list[Samples]:
    from ddconf.operations.alert_tests.series_files import read_series

    file = data_options.series
    return read_series(file.read(), getattr(file, "name", "the input")) if file else []


def _events(bench: AlertBench, data_options: DataOptions) -> list[ArrivedEvent]:
    """The logs with a time, as the pipelines leave them; how many have none goes to standard error."""
    from ddconf.operations.alert_tests.log_lines import timed_events

    if data_options.logs is None:
        if data_options.series is None:
            hint = "name a file with --logs or --series; `-` is standard input"
            raise DdconfError(Diagnostic("nothing to look at", hint=hint))
        return []
    tell_of_waiting(data_options.logs)
    given = {"source": data_options.source, "service": data_options.service, "tags": data_options.tags}
    events, undated = timed_events(bench, data_options.logs, given)
    if undated:
        click.echo(f"{undated} lines are left out: no pipeline finds a time in them", err=True)
    return events
