"""Which pipelines can take a log at all, by the source and service that their filters ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddconf.pipelines.query import And, Node, Or, Phrase, Query, Term
from ddconf.pipelines.working_log import MutableLog

_FIELDS = ("source", "service")
_TAGS = ("source:", "service:")
_MOST_ORIGINS = 4096

Asked = tuple[str, str]
"""A field and the value that a filter wants it to have."""


class FilterIndex:
    """The positions of the filters that a log of some source and service may pass; None stands for all."""

    def __init__(self, filters: Iterable[Query | None]) -> None:
        self._asked: Sequence[frozenset[Asked] | None] = [
            None if query is None else one_of(query.tree) for query in filters
        ]
        self._known: dict[tuple[str | None, str | None], tuple[int, ...]] = {}

    def positions(self, log: MutableLog) -> tuple[int, ...]:
        """In order. Tags stand for the fields too, so a log that has such a tag may pass every filter."""
        if log.tags and any(tag.startswith(_TAGS) for tag in log.tags):
            return tuple(range(len(self._asked)))
        origin = (log.source, log.service)
        found = self._known.get(origin)
        if found is None:
            if len(self._known) >= _MOST_ORIGINS:
                self._known.clear()
            has = {(field, value) for field, value in zip(_FIELDS, origin, strict=True) if value is not None}
            found = self._known[origin] = tuple(
                position for position, asked in enumerate(self._asked) if asked is None or asked & has
            )
        return found


def one_of(node: Node) -> frozenset[Asked] | None:
    """What every log that matches has one of; None where sources and services do not decide."""
    if isinstance(node, Term | Phrase) and node.field in _FIELDS:
        return frozenset({(node.field, node.text)})
    if isinstance(node, And):
        return next((asked for item in node.nodes if (asked := one_of(item)) is not None), None)
    if isinstance(node, Or):
        parts = [one_of(item) for item in node.nodes]
        known = [part for part in parts if part is not None]
        return frozenset().union(*known) if len(known) == len(parts) else None
    return None
