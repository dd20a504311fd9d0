"""Searches over logs that do not parse."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.pipelines.query import QueryError


@rule("malformed-query", Severity.ERROR)
def malformed_query(facts: Facts) -> Iterator[Finding]:
    """A search over logs does not parse."""
    for query in facts.queries:
        if isinstance(query.parsed, QueryError):
            problem = query.parsed.diagnostics[0]
            place = query.place.part(query.parsed.offset, query.parsed.length)
            yield Finding(place, problem.message, problem.hint)
