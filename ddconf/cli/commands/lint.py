"""Cross-check pipelines, facets, dashboards, monitors and metrics."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ddconf.cli import exit_codes, flags
from ddconf.cli.group import Command
from ddconf.cli.lint_rules import explain_rule, list_rules
from ddconf.cli.options import CommonOptions, LintOptions
from ddconf.cli.safe_output import unguarded
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError

if TYPE_CHECKING:
    from ddconf.definitions.load import Definitions
    from ddconf.errors import Diagnostic
    from ddconf.operations.fix_lint import FixedFile
    from ddconf.operations.lint import Review


@click.command(cls=Command, epilog="Example: ddconf lint --format sarif > lint.sarif")
@flags.common
@flags.grouped(
    "asked",
    LintOptions,
    click.option(
        "--format",
        "output",
        type=click.Choice(["text", "json", "sarif", "github"]),
        default="text",
        help="How to print it (text).",
    ),
    click.option("--rules", is_flag=True, help="List the rules instead."),
    click.option("--explain", metavar="RULE", help="Explain a rule instead, with an example."),
    click.option("--fix", is_flag=True, help="Mend what has one right answer; comments are kept."),
    click.option("--diff", is_flag=True, help="With --fix: only show it; exit with 1 if there is any."),
    flags.policies,
    click.option("--test-policies", is_flag=True, help="Check the examples of the team's policies instead."),
)
def command(common: CommonOptions, asked: LintOptions) -> int:
    """Cross-check pipelines, facets, dashboards, monitors and metrics: do they fit one another?

    Ends with exit code 1 if there are errors; warnings and notes alone give 0.
    """
    if asked.diff and not asked.fix:
        raise click.UsageError("--diff shows what --fix would change: add --fix")
    if asked.explain is not None:
        explain_rule(asked.explain)
        return exit_codes.DONE
    if asked.rules:
        list_rules()
        return exit_codes.DONE
    from ddconf.errors import Severity
    from ddconf.operations.fix_lint import fixes

    workspace = open_workspace(common)
    if asked.test_policies:
        return _test_policies(workspace, asked.policies)
    definitions, review = _review(workspace, asked)
    fixed = fixes(review.fixable, definitions) if asked.fix else []
    if asked.diff:
        for one in fixed:
            click.echo(one.diff(), nl=False)
        return exit_codes.ERROR if fixed else exit_codes.DONE
    if fixed:
        _write(fixed)
        _, review = _review(workspace, asked)
    _show(review, workspace, asked.output)
    failed = any(item.severity is Severity.ERROR for item in review.found)
    return exit_codes.ERROR if failed else exit_codes.DONE


def _review(workspace: Workspace, asked: LintOptions) -> tuple[Definitions, Review]:
    from ddconf.operations.lint import lint

    definitions = workspace.definitions()
    definitions.refuse_emptiness(workspace.root)
    return definitions, lint(definitions, workspace.settings, asked.policies)


def _write(fixed: Sequence[FixedFile]) -> None:
    """Write the files and say on standard error what is mended."""
    from ddconf.operations.fix_lint import write

    write(fixed)
    for one in fixed:
        rules = ", ".join(sorted({finding.rule for finding in one.findings}))
        click.echo(f"Fixed {len(one.findings)} in {one.file}: {rules}", err=True)


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
