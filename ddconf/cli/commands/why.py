"""Show who writes a log attribute, and who reads it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from ddconf.address import Address
from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.operations.why import Mention, Story


@click.command(cls=Command, epilog="Example: ddconf why @usr.name")
@flags.common
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.argument("attribute")
def command(common: CommonOptions, attribute: str, output: str) -> None:
    """Show who writes a log attribute, where it is a facet, and who reads it: `ddconf why @usr.name`."""
    from ddconf.operations.why import why

    workspace = open_workspace(common)
    story = why(workspace.definitions(), workspace.settings, attribute)
    if output == "json":
        import json

        click.echo(json.dumps(dataclasses.asdict(story, dict_factory=_plain), indent=1))
    else:
        click.echo("\n".join(_lines(story)))


def _plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """As JSON has it: an address is its text."""
    return {name: str(value) if isinstance(value, Address) else value for name, value in fields}


def _lines(story: Story) -> Iterable[str]:
    known = ", ".join(part for part in (*story.types, story.kind and f"{story.kind} attribute") if part)
    yield f"@{story.attribute}" + (f" ({known})" if known else "")
    for heading, mentions, nobody in (
        ("written by", story.writers, "no pipeline; it can only come with the log"),
        ("facet", story.facets, "none is defined here" + _usual(story)),
        ("read by", story.readers, "nothing"),
    ):
        yield f"\n{heading}:" + ("" if mentions else f" {nobody}")
        yield from mention_lines(mentions)


def _usual(story: Story) -> str:
    return f"; most {story.kind} attributes have one in every organisation" if story.kind else ""


def mention_lines(mentions: Iterable[Mention]) -> Iterable[str]:
    """A line for each: the address, what it does, where it stands."""
    for mention in mentions:
        place = f"  {mention.source}" if mention.source else ""
        yield f"  {mention.address}: {mention.detail}{place}"
