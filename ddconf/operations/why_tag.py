"""Tell all about a tag: which queries filter or group by it, and which definitions carry it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.lint.dashboards import widget_at
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Place
from ddconf.lint.shape import items
from ddconf.operations.mention import Mention, mention
from ddconf.operations.why_metric import defined_tags
from ddconf.pipelines.query import Node, Phrase, Term, leaves
from ddconf.queries import QueryError
from ddconf.queries.downtime_scopes import parse_downtime_scope
from ddconf.queries.monitors import Chain
from ddconf.queries.tree import In, ScopeNode, Tag, scope_nodes

_Found = Iterator[tuple[Place, str]]


@dataclass(frozen=True, slots=True)
class TagStory:
    """All about a tag, `env` or `env:prod`."""

    tag: str
    readers: tuple[Mention, ...]


def why_tag(facts: Facts, definitions: Definitions, text: str) -> TagStory | None:
    """None where nothing speaks of it."""
    key, _, value = text.partition(":")
    told: dict[tuple[Address, str], Place] = {}
    for place, detail in _uses(facts, key, value):
        title = widget_at(facts.documents[place.address], place.path)
        told.setdefault((place.address, f"'{title}' {detail}" if title else detail), place)
    if not told:
        return None
    return TagStory(text, tuple(mention(definitions, place, detail) for (_, detail), place in told.items()))


def known_tags(facts: Facts) -> set[str]:
    """The keys of tags in metric queries."""
    return {tag for use in facts.metric_uses for tag, _ in use.tags}


def _uses(facts: Facts, key: str, value: str) -> _Found:
    yield from _in_metric_queries(facts, key, value)
    yield from _in_searches(facts, key, value)
    if not value:
        yield from _made(facts, key)
        yield from _groups_of_monitors(facts, key)
    yield from _in_downtimes(facts, key, value)
    yield from _carried(facts, key, value)


def _in_metric_queries(facts: Facts, key: str, value: str) -> _Found:
    for use in facts.metric_uses:
        if any(_names(node, key, value) for node in scope_nodes(use.series.scope)):
            yield use.place, f"filters {use.metric}"
        if not value and any(tag.text == key for tag in use.series.by):
            yield use.place, f"groups {use.metric}"


def _names(node: ScopeNode, key: str, value: str) -> bool:
    """Does a part of a scope speak of the tag?"""
    if isinstance(node, In):
        return node.key == key and (not value or value in node.values)
    return isinstance(node, Tag) and node.key == key and value in ("", node.value)


def _made(facts: Facts, key: str) -> _Found:
    """Metrics from logs that have the tag."""
    for name, (address, document) in facts.log_metrics.items():
        if key in defined_tags(document):
            yield Place(address, ("group_by",)), f"tags {name}"


def _in_searches(facts: Facts, key: str, value: str) -> _Found:
    for search in facts.queries:
        if search.query and key in search.query.fields and _searches(search.query.tree, key, value):
            yield search.place, "searches"


def _searches(tree: Node, key: str, value: str) -> bool:
    return not value or any(
        isinstance(node, Term | Phrase) and node.field == key and node.text == value for node in leaves(tree)
    )


def _groups_of_monitors(facts: Facts, key: str) -> _Found:
    """`.by("host")` of monitors over logs, checks and the like."""
    for address, monitor in facts.monitors.items():
        if isinstance(monitor.query, Chain) and key in monitor.query.groups:
            yield Place(address, ("query",)), "groups by it"


def _in_downtimes(facts: Facts, key: str, value: str) -> _Found:
    for address, document in facts.of_kind("downtime_schedule"):
        try:
            tree = parse_downtime_scope(str(document.get("scope") or "*"))
        except QueryError:
            continue
        if any(_names(node, key, value) for node in scope_nodes(tree)):
            yield Place(address, ("scope",)), "silences"


def _carried(facts: Facts, key: str, value: str) -> _Found:
    wanted = f"{key}:{value}" if value else f"{key}:"
    for address, document in facts.documents.items():
        for index, tag in enumerate(items(document.get("tags"))):
            if isinstance(tag, str) and (tag == wanted if value else tag.startswith(wanted)):
                yield Place(address, ("tags", index)), f"is tagged {tag}"
