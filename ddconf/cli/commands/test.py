"""Test log pipelines, monitors and SLOs with samples and test files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions, EnrichmentOptions
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.operations.pipeline_tests.suites import Collection
    from ddconf.pipelines.verdict import Report


@dataclass(frozen=True)
class TestOptions:
    """Which tests to run, and what to print."""

    verbose: bool
    only: str | None
    coverage: bool
    coverage_min: float
    update: bool
    watch: bool
    output: str
    processes: int | None

    @property
    def asks_coverage(self) -> bool:
        return self.coverage or self.coverage_min > 0


_test_options = flags.grouped(
    "test_options",
    TestOptions,
    click.option("-v", "--verbose", is_flag=True, help="A line for each test instead of a dot."),
    click.option("-k", "only", metavar="TEXT", help="Only tests whose suite, name or file has this text."),
    click.option("--coverage", is_flag=True, help="Show what no test reached."),
    click.option(
        "--coverage-min",
        type=click.FloatRange(0, 100),
        default=0,
        metavar="PERCENT",
        help="Fail where the tests reach less than this.",
    ),
    click.option("--update", is_flag=True, help="Show what differs, then make the results the expectations."),
    click.option("--watch", is_flag=True, help="Run again whenever a file changes, until interrupted."),
    click.option(
        "--format",
        "output",
        type=click.Choice(["text", "json", "junit"]),
        default="text",
        help="How to print it (text).",
    ),
    click.option("--processes", type=click.IntRange(1), metavar="N", help="How many processes run tests."),
)


@click.command(cls=Command, epilog="Example: ddconf test --coverage")
@flags.common
@flags.enrichment
@_test_options
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def command(
    common: CommonOptions, enrichment: EnrichmentOptions, test_options: TestOptions, paths: tuple[Path, ...]
) -> int:
    """Test log pipelines, monitors and SLOs offline: the samples of grok parsers, and test files.

    Runs every sample of the definitions (some rule must match it), every `*.test.yaml`, and Datadog's own
    pairs of NAME.yaml and NAME_tests.yaml; with PATHS, those in these files and folders alone.
    """
    workspace = open_workspace(common)
    paths = tuple(_found(workspace.root, path) for path in paths)
    run = _watch if test_options.watch else _once
    return run(workspace, paths, test_options, enrichment)


def _found(root: Path, path: Path) -> Path:
    """A path as the working folder or the folder of definitions has it."""
    return path.absolute() if path.exists() else root / path


def _watch(
    workspace: Workspace, paths: tuple[Path, ...], test_options: TestOptions, enrichment: EnrichmentOptions
) -> int:
    import gc

    from ddconf.cli.group import report
    from ddconf.operations.pipeline_tests.files import find_test_files
    from ddconf.operations.watch import changes

    beside = enrichment.sources().files

    def files() -> Sequence[Path]:
        return (*find_test_files((workspace.root, *paths), workspace.settings.ignore).all, *beside)

    def run() -> None:
        try:
            _once(workspace, paths, test_options, enrichment)
        except DdconfError as error:
            report(error, color=workspace.color)
        click.echo("Waiting for changes; Ctrl-C ends.", err=True)

    run()
    for _ in changes(files):
        click.echo()
        run()
        gc.collect()
    return exit_codes.DONE


def _once(
    workspace: Workspace, paths: tuple[Path, ...], test_options: TestOptions, enrichment: EnrichmentOptions
) -> int:
    from ddconf.operations.alert_tests.suites import untested
    from ddconf.operations.pipeline_tests.suites import collect, select
    from ddconf.operations.pipeline_tests.update import is_updatable
    from ddconf.pipelines.verdict import CaseStatus

    start = perf_counter()
    collected = collect(workspace.root, workspace.settings, paths)
    if collected.is_empty:
        hint = "give grok parsers `samples`, or write a NAME.test.yaml: docs/testing-pipelines.md"
        raise DdconfError(Diagnostic("there is nothing to test", hint=hint))
    collection = select(collected, test_options.only or "")
    if collection.is_empty:
        raise DdconfError(Diagnostic(f"no test has '{test_options.only}' in its address, name or file"))
    if test_options.asks_coverage and not paths and not test_options.only:
        missing = untested(collection.loaded, collection.alerts)
        collection = replace(collection, alerts=(*collection.alerts, *missing))
    reports = _run(collection, workspace, test_options, enrichment)
    _show(reports, workspace, test_options, perf_counter() - start)
    if test_options.update:
        _update(reports, workspace)
    failed = any(
        verdict.status is CaseStatus.FAILED and not (test_options.update and is_updatable(case, verdict))
        for report in reports
        for case, verdict in report.rows()
    )
    too_little = _below(reports, test_options.coverage_min)
    for line in too_little:
        click.echo(line, err=True)
    return exit_codes.ERROR if failed or too_little else exit_codes.DONE


def _below(reports: Sequence[Report], least: float) -> list[str]:
    """A line for each suite that reaches a smaller share (in percent) than is asked for."""
    shares = ((report.suite.name, 100 * report.coverage.share) for report in reports if report.coverage)
    return [f"{name}: coverage {share:.0f}% is below {least:g}%" for name, share in shares if share < least]


def _run(
    collection: Collection, workspace: Workspace, test_options: TestOptions, enrichment: EnrichmentOptions
) -> list[Report]:
    """All reports; as text, each is shown as it comes in."""
    from itertools import chain

    from ddconf.operations.alert_tests.bench import AlertBench
    from ddconf.operations.alert_tests.run import run_alerts
    from ddconf.operations.pipeline_tests.run import run
    from ddconf.render import verdicts

    reports = []
    sources = enrichment.sources()
    of_alerts = run_alerts(collection.alerts, AlertBench(collection.loaded, sources))
    for report in chain(run(collection, enrichment=sources, processes=test_options.processes), of_alerts):
        reports.append(report)
        if test_options.output == "text" and report.suite.cases:
            color = workspace.color
            lines = (
                verdicts.lines(report, color=color)
                if test_options.verbose
                else [verdicts.dots(report, color=color)]
            )
            for line in lines:
                click.echo(line, color=color)
    return reports


def _show(reports: Sequence[Report], workspace: Workspace, test_options: TestOptions, seconds: float) -> None:
    from ddconf.definitions.draw_diagnostic import draw
    from ddconf.render import junit, verdicts, verdicts_json

    color = workspace.color
    for report in reports:
        for mistake in report.mistakes:
            click.echo(draw(mistake, color=color), err=True)
        for line in (*verdicts.passed_over(report, color=color), *verdicts.notes(report, color=color)):
            click.echo(line, err=True, color=color)
    if test_options.output == "json":
        click.echo(verdicts_json.render(reports, coverage=test_options.coverage))
    elif test_options.output == "junit":
        click.echo(junit.render(reports))
    else:
        click.echo()
        for report in reports:
            for line in verdicts.failures(report, color=color):
                click.echo(line, color=color)
        if test_options.coverage:
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
