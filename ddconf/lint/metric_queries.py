"""Metrics in queries: `sum:netflow.bytes{exporter:a} by {scope}`.

https://docs.datadoghq.com/dashboards/querying/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.lint.dashboards import strings
from ddconf.lint.finding import Place

_QUERY = re.compile(
    r"\b(?:avg|sum|min|max|count|p\d{2})\s*:\s*([A-Za-z][\w.]*)\s*\{([^{}]*)\}(?:\s*by\s*\{([^{}]*)\})?"
)
_TAG = re.compile(r"(?<![\w$.:/*-])([A-Za-z_][\w./-]*)\s*(?=:|\s(?:NOT\s+)?IN\b)")
_GROUP = re.compile(r"(?<![\w$])[A-Za-z_][\w./-]*")


@dataclass(frozen=True, slots=True)
class MetricUse:
    """A metric in a query; `tags` are those that it is filtered or grouped by."""

    metric: str
    place: Place
    tags: tuple[tuple[str, Place], ...]


def metric_uses(root: Place, document: Document) -> Iterator[MetricUse]:
    """Every metric that the texts of a document query."""
    for path, text in strings(document):
        place = root.below(*path)
        for match in _QUERY.finditer(text) if "{" in text else ():
            found = (
                (tag, place.part(match.start(group) + start, len(tag)))
                for group, pattern in ((2, _TAG), (3, _GROUP))
                for tag, start in _names(pattern, match[group] or "")
            )
            yield MetricUse(match[1], place.part(match.start(1), len(match[1])), tuple(found))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    return ((match[0].rstrip(), match.start()) for match in pattern.finditer(text))
