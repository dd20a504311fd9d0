"""Tell all about a metric: what makes it, and which monitors, dashboards and SLOs query it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.document import Document, get
from ddconf.lint.dashboards import widget_at
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Place
from ddconf.lint.metric_queries import MetricUse
from ddconf.operations.mention import Mention, mention

_MAKERS = ("logs_metric", "spans_metric", "rum_metric")
_NAMED = (*_MAKERS, "metric_metadata", "metric_tag_configuration")


@dataclass(frozen=True, slots=True)
class MetricStory:
    """All about one metric; `tags` are those that a definition gives it."""

    metric: str
    tags: tuple[str, ...]
    writers: tuple[Mention, ...]
    readers: tuple[Mention, ...]


def why_metric(facts: Facts, definitions: Definitions, name: str) -> MetricStory | None:
    """None where no definition makes, describes or queries it."""
    defined = dict(_defined(facts, name))
    readers = tuple(_readers(facts, definitions, name))
    if not defined and not readers:
        return None
    tags = dict.fromkeys(tag for document in defined.values() for tag in defined_tags(document))
    writers = tuple(mention(definitions, Place(at), _makes(at, document)) for at, document in defined.items())
    return MetricStory(name, tuple(tags), writers, readers)


def known_metrics(facts: Facts) -> set[str]:
    """Every metric that is defined or queried."""
    defined = {str(document.get("id")) for kind in _NAMED for _, document in facts.of_kind(kind)}
    return defined | {use.metric for use in facts.metric_uses}


def _defined(facts: Facts, name: str) -> Iterator[tuple[Address, Document]]:
    for kind in _NAMED:
        for address, document in facts.of_kind(kind):
            if name in (document.get("id"), document.get("metric_name"), document.get("metric")):
                yield address, document


def _makes(address: Address, document: Document) -> str:
    """`sum of @duration of source:nginx`; of what describes a metric, its type."""
    if address.kind not in _MAKERS:
        kind = document.get("type") or document.get("metric_type")
        return f"describes it{f' ({kind})' if kind else ''}"
    compute = get(document, ("compute",)) or {}
    what = f"{compute.get('aggregation_type', 'count')}"
    path = f" of {compute['path']}" if compute.get("path") else ""
    search = get(document, ("filter", "query"))
    return f"{what}{path} in {search or '*'}"


def defined_tags(document: Document) -> Iterator[str]:
    """The tags that a definition gives its metric."""
    for item in document.get("group_by") or ():
        path = str(get(item, ("path",)) or "")
        yield str(get(item, ("tag_name",)) or path.removeprefix("@"))
    yield from map(str, document.get("tags") or ())


def _readers(facts: Facts, definitions: Definitions, name: str) -> Iterator[Mention]:
    """A line for each way in which a widget, a monitor or an SLO queries it."""
    told: dict[tuple[Address, str], Place] = {}
    for use in facts.metric_uses:
        if use.metric == name:
            title = widget_at(facts.documents[use.place.address], use.place.path)
            detail = f"'{title}' {_asks(use)}" if title else _asks(use)
            told.setdefault((use.place.address, detail), use.place)
    return (mention(definitions, place, detail) for (_, detail), place in told.items())


def _asks(use: MetricUse) -> str:
    """`queries avg by host`"""
    groups = ", ".join(tag.text for tag in use.series.by)
    return f"queries {use.series.aggregator or 'avg'}{f' by {groups}' if groups else ''}"
