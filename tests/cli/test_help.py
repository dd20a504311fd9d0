"""The help of every command: one example that could be typed, and no flag without a word."""

from __future__ import annotations

import re
import shlex
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
