"""Test log pipelines offline: their samples and test files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import click

from ddconf.cli import exit_codes, options
from ddconf.cli.group import Command
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.operations.pipeline_tests.suites import Collection
    from ddconf.pipelines.verdict import Report


@click.command(cls=Command, epilog="Example: ddconf test --coverage")
@options.common
@options.enrichment
@click.option("-v", "--verbose", is_flag=True, help="A line for each test instead of a dot.")
@click.option("-k", "only", metavar="TEXT", help="Only tests whose suite, name or file has this text.")
@click.option("--coverage", is_flag=True, help="Show what no test reached.")
@click.option("--update", is_flag=True, help="Show what differs, then make the results the expectations.")
@click.option("--watch", is_flag=True, help="Run again whenever a file changes, until interrupted.")
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "junit"]),
    default="text",
    help="How to print it (text).",
)
@click.option("--processes", type=click.IntRange(1), metavar="N", help="How many processes run tests.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def command(paths: tuple[Path, ...], **chosen: Any) -> int:
    """Test log pipelines offline: the samples of grok parsers, and test files.

    Runs every sample of the definitions (some rule must match it), every `*.test.yaml`, and Datadog's own
    pairs of NAME.yaml and NAME_tests.yaml; with PATHS, those in these files and folders alone.
    """
    workspace = open_workspace(chosen)
    paths = tuple(_found(workspace.root, path) for path in paths)
    return _watch(workspace, paths, chosen) if chosen["watch"] else _once(workspace, paths, chosen)


def _found(root: Path, path: Path) -> Path:
    """A path as the working folder or the folder of definitions has it."""
    return path.absolute() if path.exists() else root / path


def _watch(workspace: Workspace, paths: tuple[Path, ...], chosen: dict[str, Any]) -> int:
    import gc

    from ddconf.cli.group import report
    from ddconf.operations.pipeline_tests.files import find_test_files
    from ddconf.operations.watch import changes

    beside = options.enrichment_of(chosen).files

    def files() -> Sequence[Path]:
        return (*find_test_files((workspace.root, *paths), workspace.settings.ignore).all, *beside)

    def run() -> None:
        try:
            _once(workspace, paths, chosen)
        except DdconfError as error:
            report(error, color=workspace.color)
        click.echo("Waiting for changes; Ctrl-C ends.", err=True)

    run()
    for _ in changes(files):
        click.echo()
        run()
        gc.collect()
    return exit_codes.DONE


def _once(workspace: Workspace, paths: tuple[Path, ...], chosen: dict[str, Any]) -> int:
    from ddconf.operations.pipeline_tests.suites import collect, select
    from ddconf.operations.pipeline_tests.update import is_updatable
    from ddconf.pipelines.verdict import Status

    start = perf_counter()
    collected = collect(workspace.root, workspace.settings, paths)
    if not collected.suites:
        hint = "give grok parsers `samples`, or write a NAME.test.yaml: docs/testing-pipelines.md"
        raise DdconfError(Diagnostic("there is nothing to test", hint=hint))
    collection = select(collected, chosen["only"] or "")
    if not collection.suites:
        raise DdconfError(Diagnostic(f"no test has '{chosen['only']}' in its pipeline, name or file"))
    reports = _run(collection, workspace, chosen)
    _show(reports, workspace, chosen, perf_counter() - start)
    if chosen["update"]:
        _update(reports, workspace)
    failed = any(
        verdict.status is Status.FAILED and not (chosen["update"] and is_updatable(case, verdict))
        for report in reports
        for case, verdict in report.rows()
    )
    return exit_codes.ERROR if failed else exit_codes.DONE


def _run(collection: Collection, workspace: Workspace, chosen: dict[str, Any]) -> list[Report]:
    """All reports; as text, each is shown as it comes in."""
    from ddconf.operations.pipeline_tests.run import run
    from ddconf.render import verdicts

    reports = []
    enrichment = options.enrichment_of(chosen)
    for report in run(collection, enrichment=enrichment, processes=chosen["processes"]):
        reports.append(report)
        if chosen["output"] == "text":
            color = workspace.color
            lines = (
                verdicts.lines(report, color=color)
                if chosen["verbose"]
                else [verdicts.dots(report, color=color)]
            )
            for line in lines:
                click.echo(line, color=color)
    return reports


def _show(reports: Sequence[Report], workspace: Workspace, chosen: dict[str, Any], seconds: float) -> None:
    from ddconf.definitions.snippet import draw
    from ddconf.render import junit, verdicts, verdicts_json

    color = workspace.color
    for report in reports:
        for mistake in report.mistakes:
            click.echo(draw(mistake, color=color), err=True)
        for line in verdicts.passed_over(report, color=color):
            click.echo(line, err=True, color=color)
    if chosen["output"] == "json":
        click.echo(verdicts_json.render(reports, coverage=chosen["coverage"]))
    elif chosen["output"] == "junit":
        click.echo(junit.render(reports))
    else:
        click.echo()
        for report in reports:
            for line in verdicts.failures(report, color=color):
                click.echo(line, color=color)
        if chosen["coverage"]:
            click.echo("\n".join((*verdicts.coverage(reports, color=color), "")), color=color)
        click.echo(verdicts.summary(verdicts.counts(reports), seconds, color=color), color=color)


def _update(reports: Sequence[Report], workspace: Workspace) -> None:
    """Make the results the expectations; what changes in the files goes to standard error."""
    from ddconf.operations.pipeline_tests.update import updated_files
    from ddconf.operations.write_files import write_file
    from ddconf.render.verdicts import rewritten

    for file, (before, after) in updated_files(reports).items():
        for line in rewritten(file, before, after, color=workspace.color):
            click.echo(line, err=True, color=workspace.color)
        write_file(Path(file), after)
        click.echo(f"wrote {file}", err=True)
