"""Try grok rules on log lines and see where they stop matching."""

from __future__ import annotations

import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias

import click

from ddconf.cli import exit_codes, flags, shell_completion
from ddconf.cli.group import Command
from ddconf.cli.lines import LOGS, standard_input, tell_of_waiting
from ddconf.cli.options import CommonOptions
from ddconf.cli.progress import StatusLine
from ddconf.cli.workspace import Workspace, open_workspace
from ddconf.errors import DdconfError, Diagnostic

if TYPE_CHECKING:
    from ddconf.operations.pipeline_tests.grok import ParsedLine, Parser
    from ddconf.pipelines.grok import Grok

Work: TypeAlias = "Iterator[tuple[Parser, Grok, str]]"
"""Each line for each parser."""

_LARGE = 20_000
"""Bytes of a file of which no line is shown in full."""
_MOST_IN_FULL, _MOST_FAILED = 100, 5
"""How many lines are shown in full, and after them how many that no rule matches."""
_FILE = re.compile(r"[/\\]|\.(?:ya?ml|json|txt|grok|rules)\Z")
"""What is not an address of a pipeline."""


@dataclass(frozen=True)
class RuleOptions:
    """The grok rules to try."""

    rules: tuple[str, ...]
    support: tuple[str, ...]
    processor: str | None


_rule_options = flags.grouped(
    "rule_options",
    RuleOptions,
    click.option("--rule", "rules", multiple=True, metavar="TEXT", help="A match rule: NAME PATTERN."),
    click.option("--support", multiple=True, metavar="TEXT", help="A support rule: NAME PATTERN."),
    click.option("--processor", metavar="NAME", help="Only the grok parser of this name."),
)


@click.command(
    cls=Command,
    epilog="Example: echo '192.0.2.1 GET' | ddconf grok --rule 'rule %{ip:client} %{word:method}'",
)
@flags.common
@_rule_options
@click.option("--logs", type=LOGS, help="The lines (default: stdin, or the samples).")
@click.option("--samples", is_flag=True, help="Take the samples of the grok parser as lines.")
@click.option("--induce", type=LOGS, metavar="FILE", help="Propose rules for the lines of FILE.")
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.argument(
    "rules_from",
    metavar="[ADDRESS | FILE]",
    required=False,
    shell_complete=shell_completion.addresses,
)
def command(
    common: CommonOptions,
    rule_options: RuleOptions,
    rules_from: str | None,
    logs: IO[str] | None,
    samples: bool,
    induce: IO[str] | None,
    output: str,
) -> int:
    """Try grok rules on lines, and see where they stop.

    The rules are those of a pipeline (logs_custom_pipeline.NAME), of a file with a rule on each line or with
    `match_rules` in YAML, or of --rule and --support. Exits with 1 where a line is not matched.

    Of many lines it shows the first few that no rule matches, and how many each rule does.

    With --induce, it proposes rules for the lines of a file, and writes pipeline, tests and facets into a new
    folder (its name is FILE's).
    """
    if induce is not None:
        from ddconf.cli.induction import write_induced

        return write_induced(open_workspace(common).root, induce)
    from ddconf.operations.pipeline_tests.grok import compiled

    workspace = open_workspace(common)
    parsers = _parsers(workspace, rules_from, rule_options)
    lines = None if samples or _samples_wanted(parsers, logs) else logs or standard_input()
    if lines is not None and not rule_options.processor:
        parsers = _reading_lines(parsers)
    tell_of_waiting(lines)
    work = _work(parsers, compiled(parsers), lines)
    if output == "json":
        counted = _run_as_json(work)
    else:
        counted = _run_as_text(work, len(parsers) > 1, 0 if _is_large(lines) else _MOST_IN_FULL, workspace)
        click.echo(_summary(counted), err=True)
    return exit_codes.ERROR if counted[""] or not counted else exit_codes.DONE


def _is_large(lines: IO[str] | None) -> bool:
    """Whether it is known beforehand that there are many lines."""
    if lines is None or not lines.seekable():
        return False
    here, end = lines.tell(), lines.seek(0, io.SEEK_END)
    lines.seek(here)
    return end - here > _LARGE


def _run_as_json(work: Work) -> Counter[str]:
    from ddconf.operations.pipeline_tests.grok import parse

    counted: Counter[str] = Counter()
    for parser, grok, text in work:
        parsed = parse(grok, text)
        counted[parsed.match.rule if parsed.match else ""] += 1
        _show_json(parser, parsed)
    return counted


def _run_as_text(work: Work, several: bool, in_full: int, workspace: Workspace) -> Counter[str]:
    """The first lines in full, then only some that no rule matches; how many each rule matches."""
    from ddconf.operations.pipeline_tests.grok import parse

    counted: Counter[str] = Counter()
    failed = 0
    with StatusLine(lambda: f"{counted.total():,} lines, {counted['']:,} not matched").running() as status:
        for parser, grok, text in work:
            shown = counted.total() < in_full
            parsed = parse(grok, text, explain=shown or failed < _MOST_FAILED)
            counted[parsed.match.rule if parsed.match else ""] += 1
            if not shown and not parsed.match:
                failed += 1
            if shown or (not parsed.match and failed <= _MOST_FAILED):
                label = parser.name if several else ""
                status.echo("\n".join((*_lines(parsed, label, workspace.color), "")), color=workspace.color)
    if counted[""] and failed > _MOST_FAILED:
        status.echo(f"... and {failed - _MOST_FAILED:,} more that no rule matches\n")
    return counted


def _reading_lines(parsers: tuple[Parser, ...]) -> tuple[Parser, ...]:
    """The parsers that read whole lines; those of an attribute must be asked for."""
    if found := tuple(parser for parser in parsers if parser.source == "message"):
        return found
    others = ", ".join(f"'{parser.name}' (@{parser.source})" for parser in parsers)
    hint = f"name one with --processor: {others}; or run whole logs with `ddconf simulate`"
    raise DdconfError(Diagnostic("no grok parser here reads the message of a log", hint=hint))


def _work(parsers: tuple[Parser, ...], groks: tuple[Grok, ...], lines: IO[str] | None) -> Work:
    """Each line for each parser, or without lines each parser's samples."""
    pairs = list(zip(parsers, groks, strict=True))
    if lines is None:
        yield from ((parser, grok, text) for parser, grok in pairs for text in parser.samples)
        return
    for line in lines:
        if text := line.rstrip("\r\n"):
            yield from ((parser, grok, text) for parser, grok in pairs)


def _parsers(workspace: Workspace, rules_from: str | None, rule_options: RuleOptions) -> tuple[Parser, ...]:
    from ddconf.operations.pipeline_tests.defined_pipelines import pipelines_of
    from ddconf.operations.pipeline_tests.grok import Parser, parsers_of, read_rules

    support = "\n".join(rule_options.support)
    if rule_options.rules:
        return (Parser("--rule", "\n".join(rule_options.rules), support),)
    if rules_from is None:
        hint = "give an address, a file, or --rule 'NAME PATTERN'"
        raise DdconfError(Diagnostic("which rules?", hint=hint))
    for file in (Path(rules_from), workspace.root / rules_from):
        if file.is_file():
            return read_rules(file, support)
    if _FILE.search(rules_from):
        raise DdconfError(f"there is no file {rules_from}")
    pipelines = pipelines_of(workspace.definitions(), rules_from)
    return tuple(parser for item in pipelines.values() for parser in parsers_of(item, rule_options.processor))


def _samples_wanted(parsers: tuple[Parser, ...], logs: IO[str] | None) -> bool:
    """Whether nobody gives lines although there are samples."""
    return logs is None and sys.stdin.isatty() and any(parser.samples for parser in parsers)


def _show_json(parser: Parser, parsed: ParsedLine) -> None:
    from ddconf.render import grok

    document = grok.as_json(parsed.text, parsed.match, parsed.explanation)
    extra = {"runaway": parsed.runaway} if parsed.runaway else {}
    click.echo(json.dumps({"processor": parser.name, **document, **extra}, ensure_ascii=False))


def _lines(parsed: ParsedLine, label: str, color: bool) -> Iterator[str]:
    from ddconf.render import grok
    from ddconf.render.style import bold
    from ddconf.render.values import printable

    yield printable(parsed.text)
    if label:
        yield f"  by '{printable(label)}':"
    if parsed.match:
        yield from grok.matched(parsed.match, color=color)
    elif parsed.runaway:
        yield f"  {bold('stopped', color, 'red')}: the rule {parsed.runaway} ran away on this text"
    else:
        yield f"  {bold('no rule matches', color, 'red')}"
        if parsed.explanation:
            stopped = grok.stopped(parsed.text, parsed.explanation, color=color)
            yield from (f"  {line}" for line in stopped)


def _summary(counted: Counter[str]) -> str:
    total, missed = counted.total(), counted[""]
    by_rule = ", ".join(f"{rule} {count}" for rule, count in counted.items() if rule)
    return f"{total - missed} of {total} lines matched" + (f": {by_rule}" if by_rule else "")
