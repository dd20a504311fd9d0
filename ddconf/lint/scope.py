"""Which logs a search is about: the sources and services that it names."""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.lint.log_queries import LogSearch
from ddconf.pipelines.query import And, Node, Or, Phrase, Query, QueryError, Term, parse_query

Scope = Mapping[str, frozenset[str]]
"""`source` and `service`, each with the values that are let through; what is not there is not limited."""

_FIELDS = ("source", "service")


def scope_of(query: Query | str) -> Scope:
    """The sources and services that every log of the search has."""
    if isinstance(query, str):
        try:
            query = parse_query(query)
        except QueryError:
            return {}
    scope: dict[str, frozenset[str]] = {}
    for node in query.tree.nodes if isinstance(query.tree, And) else (query.tree,):
        for field in _FIELDS:
            if (values := _values(node, field)) is not None:
                scope[field] = scope.get(field, values) & values
    return scope


def query_scope(query: LogSearch | None) -> Scope:
    """The scope of a search where it stands; nothing is limited by one that does not parse."""
    if query is None or query.query is None:
        return {}
    return {**scope_of(query.within), **scope_of(query.query)}


def meets(one: Scope, other: Scope) -> bool:
    """Whether a log can be in both."""
    return all(one[field] & other[field] for field in one.keys() & other.keys())


def _values(node: Node, field: str) -> frozenset[str] | None:
    """The values that a condition leaves to the field; None where it is about something else."""
    if isinstance(node, Term | Phrase) and node.field == field:
        return frozenset((node.text,))
    if isinstance(node, Or):
        each = [_values(item, field) for item in node.nodes]
        found = [values for values in each if values is not None]
        if found and len(found) == len(each):
            return frozenset().union(*found)
    return None
