"""Search queries of Datadog: parsed to a tree, printed from it, and matched against logs.

https://docs.datadoghq.com/logs/explorer/search_syntax/
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from ddconf.pipelines.query.errors import QueryError
from ddconf.pipelines.query.matcher import Matcher, Searchable, matcher, reader
from ddconf.pipelines.query.parser import parse
from ddconf.pipelines.query.printer import print_node
from ddconf.pipelines.query.tree import (
    ANY,
    FULL_TEXT,
    ONE,
    RESERVED_FIELDS,
    All,
    And,
    Cidr,
    Compare,
    Exists,
    Literal,
    MissingField,
    Node,
    Not,
    Nothing,
    Operand,
    Or,
    Phrase,
    Range,
    Term,
    Wildcard,
    fields,
    leaves,
    of_attributes,
)

__all__ = [
    "ANY",
    "FULL_TEXT",
    "ONE",
    "RESERVED_FIELDS",
    "All",
    "And",
    "Cidr",
    "Compare",
    "Exists",
    "Literal",
    "Matcher",
    "MissingField",
    "Node",
    "Not",
    "Nothing",
    "Operand",
    "Or",
    "Phrase",
    "Query",
    "QueryError",
    "Range",
    "Searchable",
    "Term",
    "Wildcard",
    "leaves",
    "of_attributes",
    "parse_query",
    "reader",
]


@dataclass(frozen=True)
class Query:
    """A parsed query; `str()` prints one that parses to the same tree."""

    text: str
    tree: Node

    def matches(self, log: Searchable) -> bool:
        """Whether the log matches; any object with the fields of a Log will do."""
        return self.matcher(log)

    @cached_property
    def matcher(self) -> Matcher:
        """The function that says whether a log matches."""
        return matcher(self.tree)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """The fields that the query names, attributes with `@`, in order, once each."""
        return tuple(dict.fromkeys(fields(self.tree)))

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Paths of the attributes that the query names with `@`, in order, once each."""
        return tuple(field[1:] for field in self.fields if field.startswith("@"))

    def __str__(self) -> str:
        return print_node(self.tree)


@lru_cache(maxsize=4096)
def parse_query(text: str) -> Query:
    """Read a query; raises QueryError, which points at the mistake."""
    return Query(text, parse(text))
