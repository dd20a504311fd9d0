"""Tell all about a name: the log attribute, the metric or the tag that has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.definitions.settings import Settings
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import get
from ddconf.errors import DdconfError, Diagnostic
from ddconf.lint.attributes import RESERVED, STANDARD
from ddconf.lint.dashboards import widget_at
from ddconf.lint.facts import PIPELINE, Facts, Pipeline
from ddconf.lint.finding import Place
from ddconf.lint.scope import meets
from ddconf.lint.uses import Use
from ddconf.operations.lint import facts_of
from ddconf.operations.mention import Mention, mention
from ddconf.operations.why_metric import MetricStory, known_metrics, why_metric
from ddconf.operations.why_tag import TagStory, known_tags, why_tag


@dataclass(frozen=True, slots=True)
class Story:
    """All about one attribute, without `@`; `kind` is reserved, standard or empty."""

    attribute: str
    kind: str
    types: tuple[str, ...]
    writers: tuple[Mention, ...]
    facets: tuple[Mention, ...]
    readers: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class NameStories:
    """All about a name: it may be an attribute, a metric and a tag at once."""

    attribute: Story | None
    metric: MetricStory | None
    tag: TagStory | None


def why(definitions: Definitions, settings: Settings, name: str) -> NameStories:
    """All about `@attribute`, or about what has the name; raises DdconfError where nobody speaks of it."""
    facts = facts_of(definitions, settings)
    attribute = _attribute(facts, definitions, name.removeprefix("@"))
    if name.startswith("@"):
        answer = NameStories(attribute, None, None)
    else:
        answer = NameStories(
            attribute, why_metric(facts, definitions, name), why_tag(facts, definitions, name)
        )
    if answer == NameStories(None, None, None):
        raise DdconfError(_unknown(facts, name))
    return answer


def _unknown(facts: Facts, name: str) -> Diagnostic:
    attributes = sorted({*facts.written, *facts.facets, *(use.attribute for use in facts.uses)})
    others = [] if name.startswith("@") else sorted(known_metrics(facts) | known_tags(facts))
    hint = did_you_mean(name.removeprefix("@"), attributes, mark="@") or did_you_mean(name, others)
    return Diagnostic(f"nothing writes, shows or reads {name}", hint=hint)


def _attribute(facts: Facts, definitions: Definitions, name: str) -> Story | None:
    """None where nothing writes, shows or reads it."""
    story = Story(
        name,
        "reserved" if name in RESERVED else "standard" if name in STANDARD else "",
        tuple(sorted(facts.types(name))),
        tuple(_writers(facts, definitions, name)),
        tuple(_facets(facts, definitions, name)),
        tuple(readers(facts, definitions, name)),
    )
    return story if story.kind or story.writers or story.facets or story.readers else None


def _writers(facts: Facts, definitions: Definitions, name: str) -> Iterator[Mention]:
    for write in facts.writers(name):
        parts = (
            write.processor,
            f"rule {write.rule}" if write.rule else "",
            f"as @{write.attribute}" if write.attribute != name else "",
            f"({write.type})" if write.type else "",
        )
        yield mention(definitions, write.place, " ".join(part for part in parts if part))


def _facets(facts: Facts, definitions: Definitions, name: str) -> Iterator[Mention]:
    if name in facts.facets:
        address, facet = facts.facets[name]
        unit = (facet.get("unit") or {}).get("name")
        what = "measure" if facet.get("facetType") == "range" else "facet"
        detail = f"{what} '{facet.get('name')}' ({facet.get('type', 'string')}{f', {unit}' if unit else ''})"
        yield mention(definitions, Place(address), detail)


def readers(
    facts: Facts, definitions: Definitions, name: str, pipeline: Pipeline | None = None
) -> Iterator[Mention]:
    """Every use of the attribute, those of one widget or monitor in the same way once.

    With a pipeline, only the uses of others for logs that it may have gone through.
    """
    told: dict[tuple[Address, str], Place] = {}
    for use in (*facts.processor_uses, *facts.uses):
        if use.attribute == name and (pipeline is None or _concerns(facts, use, pipeline)):
            told.setdefault((use.place.address, _use(facts, use)), use.place)
    return (mention(definitions, place, detail) for (_, detail), place in told.items())


def _concerns(facts: Facts, use: Use, pipeline: Pipeline) -> bool:
    if use.place.address.kind != PIPELINE:
        return pipeline in facts.meeting(use.query)
    others = (item for item in facts.pipelines if item.address == use.place.address)
    return any(item is not pipeline and meets(item.scope, pipeline.scope) for item in others)


def _use(facts: Facts, use: Use) -> str:
    document = facts.documents[use.place.address]
    title = widget_at(document, use.place.path)
    if use.place.address.kind == PIPELINE:
        processor = get(document, use.place.path) or {}
        return f"{processor.get('type', 'pipeline')} {processor.get('name', '')}".strip()
    return f"'{title}' {use.role.value}" if title else use.role.value
