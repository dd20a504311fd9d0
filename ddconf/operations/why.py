"""Tell all about a log attribute: who writes it, where it is a facet, who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.definitions.settings import Settings
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import get
from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.lint.attributes import RESERVED, STANDARD
from ddconf.lint.dashboards import widget_at
from ddconf.lint.facts import PIPELINE, Facts, Pipeline
from ddconf.lint.finding import Place
from ddconf.lint.scope import meets
from ddconf.lint.uses import Use
from ddconf.operations.lint import facts_of, source_of


@dataclass(frozen=True, slots=True)
class Mention:
    """One line of an answer: what of a definition, doing what, and where it is written."""

    address: Address
    detail: str
    source: Source | None


@dataclass(frozen=True, slots=True)
class Story:
    """All about one attribute, without `@`; `kind` is reserved, standard or empty."""

    attribute: str
    kind: str
    types: tuple[str, ...]
    writers: tuple[Mention, ...]
    facets: tuple[Mention, ...]
    readers: tuple[Mention, ...]


def why(definitions: Definitions, settings: Settings, attribute: str) -> Story:
    """The story of an attribute; raises DdconfError where nothing writes, shows or reads it."""
    name, facts = attribute.removeprefix("@"), facts_of(definitions, settings)
    story = Story(
        name,
        "reserved" if name in RESERVED else "standard" if name in STANDARD else "",
        tuple(sorted(facts.types(name))),
        tuple(_writers(facts, definitions, name)),
        tuple(_facets(facts, definitions, name)),
        tuple(readers(facts, definitions, name)),
    )
    if not (story.kind or story.writers or story.facets or story.readers):
        known = sorted({*facts.written, *facts.facets, *(use.attribute for use in facts.uses)})
        hint = did_you_mean(name, known, mark="@")
        raise DdconfError(Diagnostic(f"nothing writes, shows or reads @{name}", hint=hint))
    return story


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


def mention(definitions: Definitions, place: Place, detail: str) -> Mention:
    """A line about a place of a definition."""
    return Mention(place.address, detail, source_of(place, definitions.items[place.address])[0])
