"""Search queries of Datadog: the tree that a filter or a category means, and whether a log matches it.

https://docs.datadoghq.com/logs/explorer/search_syntax/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from ddconf.errors import DdconfError, Diagnostic, Source

if TYPE_CHECKING:
    from ddconf.pipelines.query_matcher import Matcher, Searchable

OFFICIAL_FIELDS = frozenset(
    ("message", "service", "source", "status", "host", "trace_id", "span_id", "timestamp")
)
ANY, ONE = "*", "?"  # the wildcards among the pieces of a Wildcard; literal text is wrapped in Literal

_NUMBER = re.compile(r"[-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")


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
        from ddconf.pipelines.query_printer import print_node

        return print_node(self.tree)


class QueryError(DdconfError):
    """A malformed query; `offset` and `length` are in characters, `snippet` shows the place with a caret."""

    def __init__(self, text: str, offset: int, message: str, hint: str = "", length: int = 1) -> None:
        self.text, self.offset, self.length = text, offset, length
        before = text[:offset]
        line, column = before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1
        super().__init__(Diagnostic(message, Source("query", line, column), hint, length=length))

    @property
    def snippet(self) -> str:
        """The line of the mistake and a caret below it."""
        start = self.text.rfind("\n", 0, self.offset) + 1
        line = self.text[start:].split("\n", 1)[0]
        return f"{line}\n{' ' * (self.offset - start)}{'^' * max(1, self.length)}"


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
