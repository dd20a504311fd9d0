"""Tell what a change of a definition touches: what it refers to and is referred to by, and who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.load import Definitions
from ddconf.definitions.settings import Settings
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import Document, get
from ddconf.errors import DdconfError, Diagnostic
from ddconf.lint.dashboards import widget_at
from ddconf.lint.facts import PIPELINE, Facts
from ddconf.lint.finding import Place
from ddconf.lint.indexes import KIND as INDEX
from ddconf.lint.scope import meets, query_scope, scope_of
from ddconf.operations.lint import facts_of
from ddconf.operations.mention import Mention, mention
from ddconf.operations.why import readers

FACET, METRIC = "logs_facet", "logs_metric"


@dataclass(frozen=True, slots=True)
class Impact:
    """What depends on a definition; `readers` are by what they read: an attribute, an index, a metric."""

    address: Address
    refers_to: tuple[Address, ...]
    referred_by: tuple[Address, ...]
    """Nearest first: those that refer to it, then those that refer to these."""
    readers: dict[str, tuple[Mention, ...]]


def impact(definitions: Definitions, settings: Settings, address: Address) -> Impact:
    """What a change of the definition touches; raises DdconfError where there is none."""
    if address not in definitions.items:
        hint = did_you_mean(str(address), map(str, definitions.items))
        raise DdconfError(Diagnostic(f"'{address}' is not defined", hint=hint))
    facts = facts_of(definitions, settings)
    needs = {other: references.needs(document) for other, document in facts.documents.items()}
    found = {
        name: tuple(mentions)
        for name, mentions in _readers(facts, definitions, address, facts.documents[address])
    }
    return Impact(
        address,
        needs[address],
        tuple(_referring(needs, address)),
        {name: mentions for name, mentions in found.items() if mentions},
    )


def _referring(needs: dict[Address, tuple[Address, ...]], address: Address) -> Iterator[Address]:
    seen, waiting = {address}, [address]
    while waiting:
        target = waiting.pop(0)
        for other, targets in needs.items():
            if target in targets and other not in seen:
                seen.add(other)
                waiting.append(other)
                yield other


def _readers(
    facts: Facts, definitions: Definitions, address: Address, document: Document
) -> Iterator[tuple[str, Iterator[Mention]]]:
    """What others may read of the definition, with those who do."""
    match address.kind:
        case kind if kind == PIPELINE:
            for pipeline in (item for item in facts.pipelines if item.address == address):
                for name in sorted(pipeline.attributes):
                    yield f"@{name}", readers(facts, definitions, name, pipeline)
        case kind if kind == FACET:
            name = str(document.get("path"))
            yield f"@{name}", readers(facts, definitions, name)
        case kind if kind == METRIC:
            name = str(document.get("id"))
            places = (use.place for use in facts.metric_uses if use.metric == name)
            yield name, _told(facts, definitions, places)
        case kind if kind == INDEX:
            name = str(document.get("name"))
            yield (
                name,
                _told(facts, definitions, _searches(facts, name, get(document, ("filter", "query"), ""))),
            )


def _searches(facts: Facts, index: str, text: str) -> Iterator[Place]:
    """Searches in an index by its name, and those in all indexes that ask for the very logs of this one."""
    scope = scope_of(text)
    for query in facts.queries:
        named = {name for name, _ in query.indexes}
        asked = query_scope(query)
        if index in named or ("*" in named and scope.keys() & asked.keys() and meets(scope, asked)):
            yield query.place


def _told(facts: Facts, definitions: Definitions, places: Iterator[Place]) -> Iterator[Mention]:
    """A line for each widget or monitor."""
    told: dict[tuple[Address, str], Mention] = {}
    for place in places:
        title = widget_at(facts.documents[place.address], place.path)
        detail = f"'{title}' queries it" if title else "queries it"
        told.setdefault((place.address, detail), mention(definitions, place, detail))
    yield from told.values()
