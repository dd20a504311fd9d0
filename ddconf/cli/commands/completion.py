"""Print the completion script for a shell."""

from __future__ import annotations

import click

from ddconf.cli.group import Command


@click.command(cls=Command, epilog='Example: eval "$(ddconf completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of a shell: `eval "$(ddconf completion bash)"`."""
    from click.shell_completion import get_completion_class

    from ddconf.cli.group import ddconf

    found = get_completion_class(shell)
    if found is not None:
        click.echo(found(ddconf, {}, "ddconf", "_DDCONF_COMPLETE").source())
