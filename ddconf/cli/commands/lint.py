"""Cross-check pipelines, facets, dashboards, monitors and metrics."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.safe_output import unguarded
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError

if TYPE_CHECKING:
    from ddconf.errors import Diagnostic
    from ddconf.operations.lint import Review


@click.command(cls=Command, epilog="Example: ddconf lint --format sarif > lint.sarif")
@flags.common
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    help="How to print it (text).",
)
@click.option("--rules", is_flag=True, help="List the rules instead.")
@flags.policies
@click.option("--test-policies", is_flag=True, help="Check the examples of the team's policies instead.")
def command(
    common: CommonOptions, output: str, rules: bool, policies: Path | None, test_policies: bool
) -> int:
    """Cross-check pipelines, facets, dashboards, monitors and metrics: do they fit one another?

    Ends with exit code 1 if there are errors; warnings and notes alone give 0.
    """
    if rules:
        _list_rules()
        return exit_codes.DONE
    from ddconf.errors import Severity
    from ddconf.operations.lint import lint

    workspace = open_workspace(common)
    if test_policies:
        return _test_policies(workspace, policies)
    definitions = workspace.definitions()
    definitions.refuse_emptiness(workspace.root)
    review = lint(definitions, workspace.settings, policies)
    _show(review, workspace, output)
    failed = any(item.severity is Severity.ERROR for item in review.found)
    return exit_codes.ERROR if failed else exit_codes.DONE


def _list_rules() -> None:
    from ddconf.lint.rules import registered

    rules = registered().values()
    width = max(len(rule.name) for rule in rules)
    for rule in rules:
        click.echo(f"{rule.name:{width}}  {rule.severity.value:7}  {rule.summary}")


def _test_policies(workspace: Workspace, folder: Path | None) -> int:
    from ddconf.operations.policies.review import check_examples

    lines, wrong = check_examples(workspace.settings, folder)
    for line in lines:
        click.echo(line)
    if wrong:
        raise DdconfError(*wrong)
    click.echo("Success! Every example is judged as it says." if lines else "There are no policies.")
    return exit_codes.DONE


def _show(review: Review, workspace: Workspace, output: str) -> None:
    from ddconf import __version__
    from ddconf.definitions.draw_diagnostic import draw
    from ddconf.lint.rules import registered
    from ddconf.render import diagnostics_json, github, sarif

    if output == "json":
        click.echo(diagnostics_json.render(review.found))
    elif output == "sarif":
        rules = {rule.name: rule.summary for rule in registered().values()}
        click.echo(sarif.render(review.found, rules, __version__))
    elif output == "github":
        click.echo(github.render(review.found), file=unguarded(sys.stdout), nl=bool(review.found))
    else:
        for item in review.found:
            click.echo(draw(item, color=workspace.color) + "\n", color=workspace.color)
        click.echo(_summary(review.found, len(review.waived)))


def _summary(found: Sequence[Diagnostic], waived: int) -> str:
    """`2 errors, 1 warning, 0 notes; 3 waived`."""
    from ddconf.errors import Severity

    counts = {severity: sum(item.severity is severity for item in found) for severity in Severity}
    parts = (f"{count} {name.value}{'s' if count != 1 else ''}" for name, count in counts.items())
    return ", ".join(parts) + (f"; {waived} waived" if waived else "")
