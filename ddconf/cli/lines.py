"""Lines of logs that a command reads."""

from __future__ import annotations

from typing import IO

import click


def tell_of_waiting(lines: IO[str] | None) -> None:
    """Say that lines are awaited where they come from the keyboard, as nothing else shows it."""
    if lines is not None and lines.isatty():
        click.echo("Type or paste lines of logs; Ctrl-D ends them.", err=True)
