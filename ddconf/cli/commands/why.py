"""Show who writes and who reads a log attribute, a metric or a tag."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from ddconf.address import Address
from ddconf.cli import flags
from ddconf.cli.group import Command
from ddconf.cli.options import CommonOptions
from ddconf.cli.workspace import open_workspace

if TYPE_CHECKING:
    from ddconf.operations.mention import Mention
    from ddconf.operations.why import NameStories, Story
    from ddconf.operations.why_metric import MetricStory
    from ddconf.operations.why_tag import TagStory


@click.command(cls=Command, epilog="Example: ddconf why @usr.name")
@flags.common
@click.option(
    "--format", "output", type=click.Choice(["text", "json"]), default="text", help="How to print it (text)."
)
@click.argument("name")
def command(common: CommonOptions, name: str, output: str) -> None:
    """Show who writes and who reads a log attribute, a metric or a tag.

    `@usr.name` is an attribute, which has a facet. `netflow.bytes` or `env:prod` is whatever has the name: a
    metric in the queries of monitors, dashboards and SLOs, too, or a tag in their scopes and groups.
    """
    from ddconf.operations.why import why

    workspace = open_workspace(common)
    answer = why(workspace.definitions(), workspace.settings, name)
    if output == "json":
        import json

        click.echo(json.dumps(_as_json(answer), indent=1))
        return
    parts = (
        _attribute_lines(answer.attribute) if answer.attribute else (),
        _metric_lines(answer.metric) if answer.metric else (),
        _tag_lines(answer.tag) if answer.tag else (),
    )
    click.echo("\n\n".join(text for text in map("\n".join, parts) if text))


def _as_json(answer: NameStories) -> dict[str, Any]:
    """The attribute's story itself, with those of the metric and the tag beside it."""
    found = {
        name: dataclasses.asdict(story, dict_factory=_plain)
        for name, story in (("metric", answer.metric), ("tag", answer.tag))
        if story is not None
    }
    own = dataclasses.asdict(answer.attribute, dict_factory=_plain) if answer.attribute else {}
    return own | found


def _plain(fields: list[tuple[str, Any]]) -> dict[str, Any]:
    """As JSON has it: an address is its text."""
    return {name: str(value) if isinstance(value, Address) else value for name, value in fields}


def _attribute_lines(story: Story) -> Iterable[str]:
    known = ", ".join(part for part in (*story.types, story.kind and f"{story.kind} attribute") if part)
    yield f"@{story.attribute}" + (f" ({known})" if known else "")
    yield from _listed("written by", story.writers, "no pipeline; it can only come with the log")
    yield from _listed("facet", story.facets, "none is defined here" + _usual(story))
    yield from _listed("read by", story.readers, "nothing")


def _metric_lines(story: MetricStory) -> Iterable[str]:
    yield f"metric {story.metric}"
    if story.tags:
        yield f"tags: {', '.join(story.tags)}"
    yield from _listed("made by", story.writers, "nothing here; it comes from outside")
    yield from _listed("queried by", story.readers, "nothing")


def _tag_lines(story: TagStory) -> Iterable[str]:
    yield f"tag {story.tag}"
    yield from _listed("used by", story.readers, "nothing")


def _listed(heading: str, mentions: Sequence[Mention], nobody: str) -> Iterable[str]:
    yield f"\n{heading}:" + ("" if mentions else f" {nobody}")
    yield from mention_lines(mentions)


def _usual(story: Story) -> str:
    return f"; most {story.kind} attributes have one in every organisation" if story.kind else ""


def mention_lines(mentions: Iterable[Mention]) -> Iterable[str]:
    """A line for each: the address, what it does, where it stands."""
    for mention in mentions:
        place = f"  {mention.source}" if mention.source else ""
        yield f"  {mention.address}: {mention.detail}{place}"
