"""Arguments that come from the environment, as Terraform's do: DDCONF_CLI_ARGS and DDCONF_CLI_ARGS_plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PREFIX = "DDCONF_CLI_ARGS"
WITH_VALUE = ("-C", "--chdir", "-chdir", "--env", "-env", "--site", "-site")
"""Options of the program that take the next word as their value."""
GROUPS = ("auth", "sandbox", "state")
"""Commands whose second word is a command, too."""


def with_environment(arguments: Sequence[str], environ: Mapping[str, str]) -> list[str]:
    """The arguments with those of the environment right behind the command, so that typed ones win.

    `DDCONF_CLI_ARGS_state_list` is for `state list`. Raises ValueError for a quotation without an end.
    """
    if not any(name.startswith(PREFIX) for name in environ):
        return list(arguments)
    import shlex

    begin, end = _command(arguments)
    if begin == end:
        return list(arguments)
    command = "_".join(arguments[begin:end]).replace("-", "_")
    more: list[str] = []
    for name in (PREFIX, f"{PREFIX}_{command}"):
        try:
            more += shlex.split(environ.get(name, ""))
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
    return [*arguments[:end], *more, *arguments[end:]]


def _command(arguments: Sequence[str]) -> tuple[int, int]:
    """Where the command's words begin and end, behind the options of the program."""
    at = 0
    while at < len(arguments) and arguments[at].startswith("-"):
        at += 2 if arguments[at] in WITH_VALUE else 1
    if at >= len(arguments):
        return at, at
    two = arguments[at] in GROUPS and at + 1 < len(arguments) and not arguments[at + 1].startswith("-")
    return at, at + (2 if two else 1)
