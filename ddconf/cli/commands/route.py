"""Show which index, archive, metric and destination logs reach."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.lines import LOGS, tell_of_waiting
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.living.routing.report import LogPlace, RouteReport
    from ddconf.living.routing.routing import Routing
    from ddconf.pipelines.log import Log


@click.command(cls=Command, epilog="Example: ddconf route --logs day.jsonl --source netflow")
@flags.common
@flags.enrichment
@click.option("--logs", type=LOGS, default="-", help="Lines to route (default: stdin).")
@click.option(
    "--against",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Other definitions, such as a checkout of the main branch: print what differs from them.",
)
@click.option("--source", help="The logs' source, where they do not say it.")
@click.option("--service", help="The logs' service, where they do not say it.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
def command(
    common: CommonOptions,
    enrichment: EnrichmentOptions,
    logs: IO[str],
    against: Path | None,
    source: str | None,
    service: str | None,
    output: str,
) -> None:
    """Route logs (text or JSON lines) as the defined pipelines, indexes, metrics and archives would.

    Prints how many logs each place gets, which exclusion filters take how many, and how many series each
    log-based metric has: series are what custom metrics are billed by. With --against, prints instead what
    the definitions move, compared with those of another folder, and how many logs a day that is.
    """
    from ddconf.living.routing.report import route_all

    routing = _routing(common, enrichment)
    tell_of_waiting(logs)
    given = {key: value for key, value in (("ddsource", source), ("service", service)) if value}
    if against is not None:
        kept = list(_read(logs, given))
        former = route_all(_routing(replace(common, chdir=against), enrichment), kept)
        _tell_moves(former, route_all(routing, kept), output)
        return
    report = route_all(routing, _read(logs, given))
    if output == "json":
        click.echo(json.dumps(report.as_json(), indent=1, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(report)))


def _routing(common: CommonOptions, enrichment: EnrichmentOptions) -> Routing:
    """The routing that a folder defines; what it leaves out is told."""
    from ddconf.cli.defined_routing import defined_configuration
    from ddconf.living.routing.routing import compile_routing

    configuration = defined_configuration(open_workspace(common).definitions())
    routing = compile_routing(configuration, now=_now, enrichment=enrichment.sources())
    for fault in routing.faults:
        click.echo(f"Left out: {fault}", err=True)
    return routing


def _tell_moves(former: RouteReport, report: RouteReport, output: str) -> None:
    from ddconf.living.routing.moves import moves

    found = moves(former, report)
    if output == "json":
        said = {"logs": report.logs, "moves": [move.as_json() for move in found]}
        click.echo(json.dumps(said, indent=1, ensure_ascii=False))
        return
    click.echo(f"{report.logs} logs" + ("" if found else ": nothing moves"))
    for move in found:
        a_day = f"  ({move.a_day:+,} a day)" if move.a_day is not None else ""
        more = f"{move.after - move.before:+,}"
        click.echo(f"{move.kind:12} {move.name:32} {move.before:9,} -> {move.after:,}  {more}{a_day}")


def _now() -> datetime:
    return datetime.now(UTC)


def _read(lines: IO[str], given: dict[str, str]) -> Iterator[Log]:
    from ddconf.living.intake.log_bodies import read_entries
    from ddconf.living.intake.logs import read_log

    for line in lines:
        for entry in read_entries(line.encode(), "text/plain"):
            yield read_log(entry, given, _now)


def _lines(report: RouteReport) -> Iterator[str]:
    yield f"{report.logs} logs"
    for title, places in (
        ("index", report.indexes),
        ("archive", report.archives),
        ("metric", report.metrics),
        ("destination", report.destinations),
    ):
        for name, place in places.items():
            yield f"{title:12} {name:32} {place.logs:9}{_beside(place)}"
    if report.nowhere.logs:
        yield f"{'no index':12} {'':32} {report.nowhere.logs:9}  as: {report.nowhere.examples[0][:80]}"


def _beside(place: LogPlace) -> str:
    excluded = "".join(f"  {count} excluded by '{name}'" for name, count in place.excluded.items())
    return excluded + (f"  {len(place.series)} series" if place.series else "")
