"""The help of every command: one example that could be typed, and no flag without a word."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest

from ddconf.cli.group import ddconf


def commands(group: click.Group = ddconf, path: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name))
        else:
            yield " ".join((*path, name)), found


COMMANDS = dict(commands())


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_has_one_example_that_could_be_typed(name: str) -> None:
    command = COMMANDS[name]
    assert command.epilog and command.epilog.startswith("Example: "), "epilog='Example: ddconf ...'"
    typed = [part for part in re.split(r"[;|]|\$\(", command.epilog) if f"ddconf {name}" in part]
    assert typed
    known = {flag for parameter in command.params for flag in (*parameter.opts, *parameter.secondary_opts)}
    for part in typed:
        words = shlex.split(part.rstrip('")')) if part.count('"') % 2 == 0 else part.split()
        flags = [word.partition("=")[0] for word in words if re.match(r"--?\w", word)]
        assert set(flags) <= known


@pytest.mark.parametrize("name", COMMANDS)
def test_every_flag_says_what_it_does(name: str) -> None:
    command = COMMANDS[name]
    silent = [
        parameter.opts[-1]
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help and not parameter.hidden
    ]
    assert silent == []


def overview(columns: str = "") -> subprocess.CompletedProcess[str]:
    """What is printed without a terminal, perhaps with COLUMNS; on standard error what was imported."""
    env = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-X", "importtime", "-m", "ddconf", "--help"]
    env |= {"COLUMNS": columns} if columns else {}
    return subprocess.run(command, capture_output=True, text=True, env=env, check=True)


def test_the_kept_overview_is_what_click_prints() -> None:
    kept, by_click = overview(), overview("80")
    assert kept.stdout == by_click.stdout
    assert "click" in by_click.stderr
    assert "click" not in kept.stderr


def test_the_overview_fits_a_narrow_terminal() -> None:
    assert max(map(len, overview("60").stdout.splitlines())) < 60
