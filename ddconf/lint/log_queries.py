"""Finds every search over logs in a document: in widgets, monitors, metrics, indexes, archives and the like.

https://docs.datadoghq.com/logs/explorer/search_syntax/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from ddconf.document import JSON, Document, find, get, parse_path
from ddconf.lint.finding import Place
from ddconf.lint.log_monitors import monitor_calls
from ddconf.lint.shape import items
from ddconf.pipelines.query import Query, QueryError, parse_query

_STREAMS = ("logs_stream", "logs_pattern_stream", "logs_transaction_stream")
_FIELDS = {
    "logs_archive": ("query",),
    "logs_custom_destination": ("query",),
    "logs_custom_pipeline": (
        "filter.query",
        "processors[*].filter.query",
        "processors[*].categories[*].filter.query",
        "processors[*].processors[*].filter.query",
        "processors[*].processors[*].categories[*].filter.query",
    ),
    "logs_index": ("filter.query", "exclusion_filters[*].filter.query"),
    "logs_metric": ("filter.query",),
    "logs_restriction_query": ("restriction_query",),
    "security_monitoring_filter": ("query",),
    "security_monitoring_rule": ("queries[*].query",),
}
"""Kind -> where its searches stand."""
_VARIABLE = re.compile(r"\$[A-Za-z_][\w-]*(?:\.(?:value|key))?")


@dataclass(frozen=True)
class LogSearch:
    """A search as it stands in a document; `node` is what it belongs to, `indexes` where it looks."""

    place: Place
    text: str
    node: Place
    indexes: tuple[tuple[str, Place], ...] = ()
    within: str = ""
    """The search that narrows the logs down before, as an index does for its exclusion filters."""

    @cached_property
    def parsed(self) -> Query | QueryError:
        """The search with template variables as plain words."""
        text = _VARIABLE.sub(lambda match: "x" * len(match[0]), self.text)
        try:
            return parse_query(text)
        except QueryError as error:
            return error

    @property
    def query(self) -> Query | None:
        return self.parsed if isinstance(self.parsed, Query) else None


def log_queries(root: Place, document: Document) -> Iterator[LogSearch]:
    """Every log search of a definition, in no order."""
    for field in _FIELDS.get(root.address.kind, ()):
        for path in find(document, parse_path(field)):
            if get(document, (*path[:-1], "dataSource"), "logs") != "logs":
                continue
            for query in _at(root.below(*path), get(document, path), root.below(*path[:-1])):
                narrowed = path[0] == "exclusion_filters"
                yield (
                    replace(query, within=str(get(document, ("filter", "query"), ""))) if narrowed else query
                )
    if root.address.kind == "monitor":
        yield from _of_monitor(root, document)
    yield from _in_requests(root, document)


def _of_monitor(root: Place, document: Document) -> Iterator[LogSearch]:
    place = root.below("query")
    for call in monitor_calls(str(document.get("query", ""))):
        indexes = tuple((name, place.part(start, len(name))) for name, start in call.indexes)
        yield LogSearch(place.part(call.start, len(call.written)), call.search, place, indexes)


def _in_requests(place: Place, node: JSON) -> Iterator[LogSearch]:
    """The searches of widgets, of monitors' variables and of whatever else speaks of a data source."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from _in_requests(place.below(index), item)
    if not isinstance(node, dict):
        return
    source = node.get("data_source")
    if source == "logs":
        yield from _at(place.below("search", "query"), get(node, ("search", "query")), place, node)
    elif source in _STREAMS:
        yield from _at(place.below("query_string"), node.get("query_string"), place, node)
    elif node.get("type") == "log_stream":
        yield from _at(place.below("query"), node.get("query"), place, node)
    for key, value in node.items():
        if key in ("log_query", "process_log_query") and isinstance(value, dict):
            search = place.below(key, "search", "query")
            yield from _at(search, get(value, ("search", "query")), place.below(key), value)
        if isinstance(value, dict | list):
            yield from _in_requests(place.below(key), value)


def _at(place: Place, text: JSON, node: Place, document: Document | None = None) -> Iterator[LogSearch]:
    if isinstance(text, str):
        named = enumerate(items((document or {}).get("indexes")))
        indexes = tuple(
            (name, node.below("indexes", index)) for index, name in named if isinstance(name, str)
        )
        yield LogSearch(place, text, node, indexes)
