"""Indexes that no log reaches. https://docs.datadoghq.com/logs/log_configuration/indexes/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.address import Address
from ddconf.document import Document, get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.indexes import in_order
from ddconf.lint.rules import rule
from ddconf.pipelines.query import All, Query, QueryError, parse_query


@rule("shadowed-index", Severity.ERROR)
def shadowed_index(facts: Facts) -> Iterator[Finding]:
    """An index stands after one that takes the same logs, or all of them, so it stays empty."""
    earlier: list[tuple[Address, Query]] = []
    for address, document in in_order(facts):
        query = _filter(document)
        if query is None:
            continue
        taker = next((one for one, its in earlier if _takes_all(its) or str(its) == str(query)), None)
        if taker:
            place = Place(address, ("filter", "query"))
            hint = "put this one first in logs_index_order"
            yield Finding(place, f"no log comes here: {taker} stands before and takes them", hint)
        earlier.append((address, query))


def _filter(document: Document) -> Query | None:
    try:
        return parse_query(str(get(document, ("filter", "query"), "")))
    except QueryError:
        return None


def _takes_all(query: Query) -> bool:
    return isinstance(query.tree, All) or query.text.strip() == "*"
