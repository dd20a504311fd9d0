"""Run logs through the log pipelines, offline."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

import click

from ddconf.cli import options
from ddconf.cli.group import Command
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.pipelines.trace import Outcome


@click.command(cls=Command)
@options.common
@click.argument("address", required=False)
@click.option("--logs", type=click.File(encoding="utf-8"), default="-", help="Lines to run (default: stdin).")
@click.option("--source", help="The logs' source, as the Agent would send it.")
@click.option("--service", help="The logs' service.")
@click.option("--tag", "tags", multiple=True, metavar="KEY:VALUE", help="A tag of the logs.")
@click.option("--no-preprocess", is_flag=True, help="Do not take official fields from JSON logs.")
@options.enrichment
@click.option("--trace", is_flag=True, help="Show what each processor did.")
def command(
    address: str | None,
    logs: IO[str],
    source: str | None,
    service: str | None,
    tags: tuple[str, ...],
    no_preprocess: bool,
    trace: bool,
    **chosen: Any,
) -> None:
    """Run logs (text or JSON lines) through one pipeline, or through all in their order.

    Prints the resulting logs as JSON lines, or with --trace a table of what each processor did. Logs for one
    pipeline are taken to have the source and service that its filter names, unless --source, --service or
    --tag is given.
    """
    from ddconf.operations.pipelines import pipelines_of
    from ddconf.operations.simulate import simulate

    workspace = open_workspace(chosen)
    pipelines = pipelines_of(workspace.definitions(), address)
    outcomes = simulate(
        pipelines,
        logs,
        source=source,
        service=service,
        tags=tags,
        preprocess=not no_preprocess,
        enrichment=options.enrichment_of(chosen),
        meant=address is not None,
    )
    logs_seen = logs_met = 0
    for outcome in outcomes:
        logs_seen += 1
        logs_met += any(step.applied for step in outcome.trace if len(step.path) == 1)
        if trace:
            click.echo("\n".join(_table(outcome, [str(item) for item in pipelines])))
        else:
            click.echo(json.dumps(outcome.log.as_json(), ensure_ascii=False))
    if logs_seen and not logs_met:
        click.echo(
            "No pipeline's filter matched: --source, --service and --tag say where logs come from.", err=True
        )


def _table(outcome: Outcome, names: list[str]) -> Iterator[str]:
    yield f"# {outcome.log.message}"
    for step in outcome.trace:
        did = step.report.matched if step.applied else f"nothing: {step.report.reason}"
        detail = f" ({step.report.detail})" if step.report.detail else ""
        indent = "  " * (len(step.path) // 2)
        label = names[int(step.path[0])] if len(step.path) == 1 else f"{step.type} {step.name!r}"
        yield f"{indent}{label}: {did}{detail}".rstrip(": ")
        for change in step.changes:
            document = change.as_json()
            before = json.dumps(document["before"], ensure_ascii=False) if "before" in document else "-"
            after = json.dumps(document["after"], ensure_ascii=False) if "after" in document else "-"
            yield f"{indent}    {change.place}: {before} -> {after}"
    yield ""
