"""Pipelines with the same filter as an earlier one."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.address import Address
from ddconf.document import get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.pipelines.query import QueryError, parse_query


@rule("same-pipeline-filter", Severity.WARNING)
def same_pipeline_filter(facts: Facts) -> Iterator[Finding]:
    """Two pipelines have the same filter: of status, service and message the first one decides alone."""
    seen: dict[str, Address] = {}
    for pipeline in facts.pipelines:
        text = str(get(pipeline.document, ("filter", "query"), ""))
        try:
            first = seen.setdefault(str(parse_query(text)), pipeline.address)
        except QueryError:
            continue
        if first != pipeline.address:
            message = f"the filter is that of {first}, which runs before: its remappers count, not these"
            place = Place(pipeline.address, ("filter", "query"))
            yield Finding(place, message, "make one pipeline of them, or tell their logs apart")
