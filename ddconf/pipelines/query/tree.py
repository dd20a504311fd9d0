"""The tree of a search query: what a filter or a category means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

RESERVED_FIELDS = frozenset(
    ("message", "service", "source", "status", "host", "trace_id", "span_id", "timestamp")
)
FULL_TEXT = "*"
"""The field of a search in the message and all attributes."""
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
class Operand:
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
    bound: Operand


@dataclass(frozen=True, slots=True)
class Range:
    """`field:[low TO high]`, with braces where a bound is left out; None is an open end."""

    field: str | None
    low: Operand | None
    high: Operand | None
    opening: str = "["
    closing: str = "]"


@dataclass(frozen=True, slots=True)
class Exists:
    field: str


@dataclass(frozen=True, slots=True)
class MissingField:
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


Node = (
    All | Nothing | Term | Phrase | Wildcard | Compare | Range | Exists | MissingField | Cidr | Not | And | Or
)


def leaves(node: Node) -> Iterator[Node]:
    """The conditions of a query, in order."""
    if isinstance(node, And | Or):
        for item in node.nodes:
            yield from leaves(item)
    elif isinstance(node, Not):
        yield from leaves(node.node)
    else:
        yield node


def fields(node: Node) -> Iterator[str]:
    """The fields that a query names, in order."""
    for leaf in leaves(node):
        if not isinstance(leaf, All | Nothing | And | Or | Not) and leaf.field is not None:
            yield leaf.field


def of_attributes(node: Node) -> Node:
    """The node in which each field without `@` names an attribute, as inside a list of objects."""
    match node:
        case And(nodes):
            return And(tuple(map(of_attributes, nodes)))
        case Or(nodes):
            return Or(tuple(map(of_attributes, nodes)))
        case Not(inner):
            return Not(of_attributes(inner))
        case All() | Nothing():
            return node
    plain = node.field in (None, FULL_TEXT) or node.field.startswith("@")
    return node if plain else replace(node, field=f"@{node.field}")
