"""Lines of logs that a command reads: UTF-8, where bytes that are none become U+FFFD."""

from __future__ import annotations

from typing import IO

import click

_ENCODING = "utf-8-sig"  # a mark at the beginning is no part of a log
LOGS = click.File(encoding=_ENCODING, errors="replace")
"""The type of an option that names a file of logs, `-` for standard input."""


def standard_input() -> IO[str]:
    return click.open_file("-", encoding=_ENCODING, errors="replace")


def tell_of_waiting(lines: IO[str] | None) -> None:
    """Say that lines are awaited where they come from the keyboard, as nothing else shows it."""
    if lines is not None and lines.isatty():
        click.echo("Type or paste lines of logs; Ctrl-D ends them.", err=True)
