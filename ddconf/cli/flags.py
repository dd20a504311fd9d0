"""The flags that several commands share; each group of them reaches the command as one value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ddconf.cli import shell_completion
from ddconf.cli.options import (
    CommonOptions,
    EnrichmentOptions,
    LockOptions,
    PlanOptions,
    RemoteOptions,
    ShowOptions,
)

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def grouped(name: str, kind: type, *flags: Decorator) -> Decorator:
    """Gives a command the flags, whose values it gets as one `kind` under this name.

    >>> @grouped("lock", LockOptions, click.option("--lock", type=bool))
    ... def command(lock: LockOptions) -> None: ...
    """
    names = {field.name for field in fields(kind)}

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)  # which takes along the flags that click has noted on the function so far
        def command(*args: Any, **given: Any) -> Any:
            own = {key: given.pop(key) for key in names & given.keys()}
            return function(*args, **given, **{name: kind(**own)})

        flagged: Callable[..., Any] = command
        for flag in reversed(flags):
            flagged = flag(flagged)
        return flagged

    return decorate


def _with_program(function: Callable[..., Any]) -> Callable[..., Any]:
    """`ddconf --sandbox plan` and `ddconf plan --sandbox` are the same."""

    @wraps(function)
    def command(*args: Any, common: CommonOptions, **given: Any) -> Any:
        program = click.get_current_context().find_root().obj
        if program is not None:
            common = CommonOptions.merged(vars(program), vars(common))
        return function(*args, common=common, **given)

    return command


_EVERYWHERE = (
    click.option("-C", "--chdir", type=click.Path(path_type=Path), help="Work in this folder."),
    click.option("--sandbox", is_flag=True, help="Work on the embedded sandbox; needs no keys."),
    click.option(
        "--allow-unknown",
        metavar="KIND.FIELD",
        multiple=True,
        help="Take a field or value that Datadog's client does not know.",
    ),
    click.option("--site", metavar="SITE", help="Datadog's site, whatever the settings and DD_SITE say."),
    click.option("--var", "variables", metavar="NAME=VALUE", multiple=True, help="Set a variable."),
    click.option(
        "--var-file",
        "variable_files",
        type=click.Path(path_type=Path, exists=True, dir_okay=False),
        metavar="FILE",
        multiple=True,
        help="Set the variables that a YAML or JSON file holds.",
    ),
    click.option("--no-color", is_flag=True, help="No colours."),
    click.option("--debug", is_flag=True, help="Requests on standard error, tracebacks in full."),
)
_ENVIRONMENT = click.option(
    "--env",
    "environment",
    metavar="NAME",
    shell_complete=shell_completion.environments,
    help="One of the environments of ddconf.yaml.",
)


def everywhere(function: Callable[..., Any]) -> Callable[..., Any]:
    """`common: CommonOptions`, for a command that has an `--env` of its own."""
    return grouped("common", CommonOptions, *_EVERYWHERE)(_with_program(function))


def common(function: Callable[..., Any]) -> Callable[..., Any]:
    """`common: CommonOptions`."""
    return grouped("common", CommonOptions, *_EVERYWHERE, _ENVIRONMENT)(_with_program(function))


remote = grouped(
    "remote",
    RemoteOptions,
    click.option(
        "--parallelism", type=click.IntRange(1, 64), default=None, help="Requests at once (default 16)."
    ),
)

locking = grouped(
    "locking",
    LockOptions,
    click.option(
        "--lock", type=bool, default=True, metavar="BOOL", help="Hold the state's lock (default true)."
    ),
    click.option(
        "--lock-timeout",
        default="0s",
        metavar="DURATION",
        help="Wait this long for the lock, as in 30s or 5m.",
    ),
)

asking = click.option(
    "--input", "asks", type=bool, default=True, metavar="BOOL", help="Prompt for input (default true)."
)

policies = click.option(
    "--policies",
    type=click.Path(path_type=Path),
    envvar="DDCONF_POLICIES",
    metavar="DIR",
    help="Run the Python policies of this folder, too.",
)

planning = grouped(
    "planning",
    PlanOptions,
    asking,
    policies,
    click.option(
        "--target",
        "targets",
        metavar="ADDRESS",
        multiple=True,
        shell_complete=shell_completion.addresses,
        help="Only this, and what it needs.",
    ),
    click.option(
        "--exclude",
        "excludes",
        metavar="ADDRESS",
        multiple=True,
        shell_complete=shell_completion.addresses,
        help="All but this, and what needs it.",
    ),
    click.option(
        "--replace",
        "replaces",
        metavar="ADDRESS",
        multiple=True,
        shell_complete=shell_completion.addresses,
        help="Delete this object and make it anew.",
    ),
    click.option("--destroy", is_flag=True, help="Plan to delete everything that ddconf owns."),
    click.option("--refresh-only", is_flag=True, help="Only take note of what changed outside."),
    click.option(
        "--check",
        type=bool,
        default=True,
        metavar="BOOL",
        help="Ask Datadog to validate what would be created or changed, where it can (default true).",
    ),
    click.option("--adopt", is_flag=True, help="Take over objects that another ddconf state owns."),
    click.option(
        "--allow-deletes", type=int, metavar="N", help="Let a plan with up to N deletes pass the limits."
    ),
    click.option(
        "--allow-updates", type=int, metavar="N", help="Let a plan with up to N updates pass the limits."
    ),
    click.option(
        "--allow-irreversible",
        metavar="ADDRESS",
        multiple=True,
        shell_complete=shell_completion.addresses,
        help="Allow the irreversible deletion of ADDRESS.",
    ),
)

enrichment = grouped(
    "enrichment",
    EnrichmentOptions,
    click.option(
        "--geoip",
        type=click.Path(path_type=Path, exists=True),
        multiple=True,
        metavar="FILE",
        help="A MaxMind database, as of cities; another for networks.",
    ),
    click.option(
        "--table",
        "tables",
        multiple=True,
        metavar="NAME=FILE",
        help="A CSV file for a reference table of lookup processors.",
    ),
    click.option(
        "--threat-intel",
        type=click.Path(path_type=Path, exists=True),
        multiple=True,
        metavar="FILE",
        help="A CSV file of indicators for threat intel processors.",
    ),
)


showing = grouped(
    "showing",
    ShowOptions,
    click.option(
        "--format",
        "output",
        default="text",
        metavar="FORMAT",
        shell_complete=shell_completion.words("text", "json", "markdown", "html", "gitlab", "terraform"),
        help="text, json, markdown, html, gitlab (its report) or terraform (its JSON plan).",
    ),
    click.option("--json", "output", flag_value="json", help="The same as --format json."),
    click.option("--full", is_flag=True, help="Show new objects and texts whole."),
)


def seconds(text: str) -> float:
    """`30s`, `5m`, `1h` or a plain number of seconds."""
    units = {"s": 1, "m": 60, "h": 3600}
    number, unit = (text[:-1], text[-1]) if text[-1:] in units else (text, "s")
    if not re.fullmatch(r"\d+(\.\d+)?", number):
        raise click.BadParameter(f"{text!r} is not a duration: write 30s, 5m or 1h")
    return float(number) * units[unit]
