"""Metrics in queries: `sum:netflow.bytes{exporter:a} by {scope}`.

https://docs.datadoghq.com/dashboards/querying/
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.document import Document, Path
from ddconf.lint.dashboards import strings
from ddconf.lint.finding import Place
from ddconf.queries import QueryError, parse_metric_queries
from ddconf.queries.monitor import monitor_of
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import Expression, In, Series, Span, Tag, all_series, scope_nodes


@dataclass(frozen=True, slots=True)
class MetricUse:
    """A metric in a query; `tags` are those that it is filtered or grouped by."""

    metric: str
    place: Place
    tags: tuple[tuple[str, Place], ...]
    series: Series


def metric_uses(root: Place, document: Document) -> Iterator[MetricUse]:
    """Every metric that the texts of a document query."""
    for path, text in strings(document):
        place = root.below(*path)
        for tree in _trees(document, path, text) if "{" in text else ():
            for series in all_series(tree):
                tags = tuple((tag, _part(place, span)) for tag, span in _tags(series))
                yield MetricUse(series.metric, _part(place, series.metric_span), tags, series)


def _trees(document: Document, path: Path, text: str) -> tuple[Expression, ...]:
    """The queries of a text that is one; most texts are none."""
    if path == ("query",):
        query = monitor_of(document).query
        return (query.expression,) if isinstance(query, MetricAlert) else ()
    try:
        return parse_metric_queries(text)
    except QueryError:
        return ()


def _tags(series: Series) -> Iterator[tuple[str, Span]]:
    for node in scope_nodes(series.scope):
        if isinstance(node, Tag | In) and node.key and "$" not in node.key:
            start = node.span[0]
            yield node.key, (start, start + len(node.key))
    yield from ((tag.text, tag.span) for tag in series.by if "$" not in tag.text)


def _part(place: Place, span: Span) -> Place:
    return place.part(span[0], span[1] - span[0])
