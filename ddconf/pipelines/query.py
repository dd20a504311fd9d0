"""Search queries of Datadog: the tree that a filter or a category means, and whether a log matches it.

https://docs.datadoghq.com/logs/explorer/search_syntax/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddconf.pipelines.query_matcher import Matcher, Searchable

OFFICIAL_FIELDS = frozenset(
    ("message", "service", "source", "status", "host", "trace_id", "span_id", "timestamp")
)
ANY, ONE = "*", "?"  # the wildcards among the pieces of a Wildcard; literal text is wrapped in Literal

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_SPECIAL = re.compile(r"([^\w./@$])")


@dataclass(frozen=True, slots=True)
class All:
    """Every log."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No log."""


@dataclass(frozen=True, slots=True)
class Term:
    """One value of a field, or words of the message (`field` is None)."""

    field: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text, in which no character is special."""

    field: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A piece of a wildcard that stands for itself."""

    text: str


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A value with `*` or `?` in it; pieces are Literal, ANY and ONE."""

    field: str | None
    pieces: tuple[Literal | str, ...]

    @property
    def pattern(self) -> str:
        return "".join(piece.text if isinstance(piece, Literal) else piece for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Bound:
    """What a comparison compares with; a quoted number is a text."""

    text: str
    quoted: bool = False

    @property
    def number(self) -> int | float | None:
        if self.quoted or len(self.text) > 300 or not _NUMBER.fullmatch(self.text):
            return None
        return float(self.text) if set(self.text) & set(".eE") else int(self.text)

    @property
    def value(self) -> int | float | str:
        return self.text if self.number is None else self.number


@dataclass(frozen=True, slots=True)
class Compare:
    """`field:>=bound`; the operator is one of > >= < <=."""

    field: str | None
    operator: str
    bound: Bound


@dataclass(frozen=True, slots=True)
class Range:
    """`field:[low TO high]`, with braces where a bound is left out; None is an open end."""

    field: str | None
    low: Bound | None
    high: Bound | None
    opening: str = "["
    closing: str = "]"


@dataclass(frozen=True, slots=True)
class Exists:
    field: str


@dataclass(frozen=True, slots=True)
class Missing:
    field: str


@dataclass(frozen=True, slots=True)
class Cidr:
    """An address of the field is in one of the networks."""

    field: str
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Not:
    node: Node


@dataclass(frozen=True, slots=True)
class And:
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    nodes: tuple[Node, ...]


Node = All | Nothing | Term | Phrase | Wildcard | Compare | Range | Exists | Missing | Cidr | Not | And | Or


@dataclass(frozen=True)
class Query:
    """A parsed query; `str()` prints one that parses to the same tree."""

    text: str
    tree: Node

    def matches(self, log: Searchable) -> bool:
        """Whether the log matches; any object with the fields of a Log will do."""
        return self._matcher(log)

    @cached_property
    def _matcher(self) -> Matcher:
        from ddconf.pipelines.query_matcher import matcher

        return matcher(self.tree)

    @cached_property
    def attributes(self) -> tuple[str, ...]:
        """Paths of the attributes that the query names with `@`, in order, once each."""
        return tuple(dict.fromkeys(field[1:] for field in _fields(self.tree) if field.startswith("@")))

    def __str__(self) -> str:
        return print_node(self.tree)


@lru_cache(maxsize=4096)
def parse_query(text: str) -> Query:
    """Read a query; raises QueryError, which points at the mistake."""
    from ddconf.pipelines.query_parser import parse

    return Query(text, parse(text))


def _fields(node: Node) -> Iterator[str]:
    if isinstance(node, And | Or):
        for item in node.nodes:
            yield from _fields(item)
    elif isinstance(node, Not):
        yield from _fields(node.node)
    elif not isinstance(node, All | Nothing) and node.field is not None:
        yield node.field


def print_node(node: Node) -> str:
    """The node as query text, with everything special escaped."""
    match node:
        case All():
            return "*:*"
        case Nothing():
            return "-*:*"
        case And(nodes):
            return " AND ".join(_inside(item) for item in nodes)
        case Or(nodes):
            return " OR ".join(_inside(item) for item in nodes)
        case Not(inner):
            return f"NOT {_inside(inner)}"
        case Exists(field):
            return f"_exists_:{_escape(field)}"
        case Missing(field):
            return f"_missing_:{_escape(field)}"
        case Cidr(field, networks):
            return f"CIDR({_escape(field)}, {', '.join(networks)})"
    return ("" if node.field is None else f"{_escape(node.field)}:") + _print_value(node)


def _print_value(node: Term | Phrase | Wildcard | Compare | Range) -> str:
    match node:
        case Term(None, text) if all(text.split(" ")):
            return " ".join(_escape(word) for word in text.split(" "))
        case Term(_, text):
            return _escape(text)
        case Phrase(_, text):
            return _quote(text)
        case Wildcard(_, pieces):
            return "".join(_escape(piece.text) if isinstance(piece, Literal) else piece for piece in pieces)
        case Compare(_, operator, bound):
            return operator + (_quote(bound.text) if bound.quoted else _escape(bound.text))
        case Range(_, low, high, opening, closing):
            return f"{opening}{_print_end(low)} TO {_print_end(high)}{closing}"


def _print_end(bound: Bound | None) -> str:
    if bound is None:
        return "*"
    return _quote(bound.text) if bound.quoted else _escape(bound.text)


def _inside(node: Node) -> str:
    """A node as an operand: whatever could join its neighbours stands in parentheses."""
    alone = not isinstance(node, And | Or) and not (isinstance(node, Term) and node.field is None)
    return print_node(node) if alone else f"({print_node(node)})"


def _escape(text: str) -> str:
    escaped = _SPECIAL.sub(r"\\\1", text)
    return f"\\{escaped}" if escaped in ("AND", "OR", "NOT", "TO", "CIDR") else escaped


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
