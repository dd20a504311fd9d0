"""Show when monitors would have alerted, on given logs or series or on those of the live site."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING

import click

from ddconf.cli import flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.lines import LOGS, tell_of_waiting
from ddconf.cli.options import CommonOptions, EnrichmentOptions, RemoteOptions
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.alerting.events import ArrivedEvent
    from ddconf.alerting.metrics.samples import Samples
    from ddconf.alerting.windows import Span
    from ddconf.operations.alert_tests.bench import AlertBench
    from ddconf.operations.alert_tests.history import MonitorHistory
    from ddconf.render.alerts import AlertHistory

_NOTHING = "name files with --logs or --series (`-` is standard input), or ask the live site: --from 1d"


@dataclass(frozen=True)
class DataOptions:
    """The files to look at, and where their logs come from."""

    logs: IO[str] | None
    series: IO[str] | None
    source: str | None
    service: str | None
    tags: tuple[str, ...]


@dataclass(frozen=True)
class LiveOptions:
    """Which time of the live site to look at; none without `begin`."""

    begin: str | None
    end: str
    sample: int


@dataclass(frozen=True)
class OutputOptions:
    """What to print, and how."""

    verbose: bool
    output: str


_data_options = flags.grouped(
    "data",
    DataOptions,
    click.option("--logs", type=LOGS, help="Logs, text or JSON lines; each has its own time."),
    click.option("--series", type=LOGS, help="Series of metrics, as Datadog's API takes or gives them."),
    click.option("--source", help="The logs' source, as the Agent would send it."),
    click.option("--service", help="The logs' service."),
    click.option("--tag", "tags", multiple=True, metavar="KEY:VALUE", help="A tag of the logs."),
)
_live_options = flags.grouped(
    "live",
    LiveOptions,
    click.option(
        "--from",
        "begin",
        metavar="TIME",
        help="Ask the live site for the data since, as in 4h, 1d or a date.",
    ),
    click.option("--to", "end", default="now", metavar="TIME", help="Until when (now)."),
    click.option(
        "--sample",
        type=click.IntRange(1),
        default=50_000,
        metavar="N",
        help="At most N logs of each search (50000).",
    ),
)
_output_options = flags.grouped(
    "shown",
    OutputOptions,
    click.option("-v", "--verbose", is_flag=True, help="Show monitors that stay silent, too."),
    click.option(
        "--format",
        "output",
        type=click.Choice(["text", "json", "html"]),
        default="text",
        help="How to print it (text).",
    ),
)


@click.command(cls=Command, epilog="Example: ddconf alerts vrrp-flapping --logs keepalived.log")
@flags.common
@flags.remote
@click.argument("address", required=False, shell_complete=shell_completion.addresses)
@_data_options
@_live_options
@flags.enrichment
@_output_options
def command(
    common: CommonOptions,
    remote: RemoteOptions,
    address: str | None,
    data: DataOptions,
    live: LiveOptions,
    enrichment: EnrichmentOptions,
    shown: OutputOptions,
) -> None:
    """Show when monitors would have alerted: for which group, with which text, and who would have been told.

    Logs of a file go through the defined pipelines first, and count at the time that these find in them. The
    data end where the files end: silence after that is not evaluated. With --from, logs and metrics are asked
    of the live site, whose pipelines have run; nothing is changed there.
    """
    from ddconf.operations.alert_tests.bench import AlertBench
    from ddconf.operations.alert_tests.history import chosen_monitors

    if live.begin and (data.logs or data.series):
        raise DdconfError(Diagnostic("--from cannot be combined with --logs or --series"))
    workspace = open_workspace(common, remote)
    bench = AlertBench(workspace.definitions(), enrichment.sources())
    addresses = chosen_monitors(bench, address)
    if live.begin:
        span = _span(live)
        found = _live_histories(workspace, bench, addresses, span, live.sample)
    else:
        found, span = _file_histories(bench, addresses, data)
    _print([_shown(bench, item) for item in found], span, shown, color=workspace.color)


def _span(live: LiveOptions) -> Span:
    """Whole minutes; raises DdconfError for what is not a time."""
    from ddconf.operations.record.moments import moment

    now = datetime.now(UTC)
    begin, end = (moment(str(text), now).timestamp() for text in (live.begin, live.end))
    if begin >= end:
        raise DdconfError(f"--from {live.begin} is not before --to {live.end}")
    return math.floor(begin / 60) * 60, math.floor(end / 60) * 60


def _live_histories(
    workspace: Workspace, bench: AlertBench, addresses: Sequence[str], span: Span, most_logs: int
) -> list[MonitorHistory]:
    """Asks for what all of these look at; notes about searches go to standard error."""
    from ddconf.operations.alert_tests.live_histories import live_histories

    if workspace.sandbox:
        hint = "serve one that has: `ddconf sandbox start`, and set DD_HOST to its address"
        raise DdconfError(Diagnostic("the embedded sandbox has no logs and metrics", hint=hint))
    with workspace.connect() as client:
        found = live_histories(client, bench, addresses, span, most_logs)
    for need in found.cut:
        click.echo(
            f"more than {most_logs} logs match '{need.search}': the later ones are missing (raise --sample)",
            err=True,
        )
    return list(found.histories)


def _file_histories(
    bench: AlertBench, addresses: Sequence[str], data: DataOptions
) -> tuple[list[MonitorHistory], Span]:
    from ddconf.operations.alert_tests.history import histories, span_of

    series, events = _series(data), _events(bench, data)
    return list(histories(bench, addresses, series, events)), span_of(series, events)


def _print(found: Sequence[AlertHistory], span: Span, shown: OutputOptions, *, color: bool) -> None:
    from ddconf.render import alerts
    from ddconf.render.alerts_page import render_page

    if shown.output == "json":
        click.echo(alerts.render_json(found, span))
        return
    if shown.output == "html":
        click.echo(render_page(found, span), nl=False)
        return
    for history in found:
        if history.sent or (shown.verbose and not history.why_not):
            click.echo("\n".join(alerts.lines(history, color=color)), color=color)
    for line in alerts.uncomputed(found, color=color):
        click.echo(line, err=True, color=color)
    click.echo(alerts.summary(found, span))


def _shown(bench: AlertBench, item: MonitorHistory) -> AlertHistory:
    from ddconf.render.alerts import AlertHistory

    name = str(bench.documents[item.address].get("name") or "")
    return AlertHistory(item.address, name, item.notifications, item.why_not, item.recording)


def _series(data: DataOptions) -> list[Samples]:
    from ddconf.operations.alert_tests.series_files import read_series

    file = data.series
    return read_series(file.read(), getattr(file, "name", "the input")) if file else []


def _events(bench: AlertBench, data: DataOptions) -> list[ArrivedEvent]:
    """The logs with a time, as the pipelines leave them; how many have none goes to standard error."""
    from ddconf.operations.alert_tests.log_lines import timed_events

    if data.logs is None:
        if data.series is None:
            raise DdconfError(Diagnostic("nothing to look at", hint=_NOTHING))
        return []
    tell_of_waiting(data.logs)
    given = {"source": data.source, "service": data.service, "tags": data.tags}
    events, undated = timed_events(bench, data.logs, given)
    if undated:
        click.echo(f"{undated} lines are left out: no pipeline finds a time in them", err=True)
    return events
