"""From the tree of a search query back to text that parses to the same tree."""

from __future__ import annotations

import re

from ddconf.pipelines.query.tree import (
    FULL_TEXT,
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
)

_SPECIAL = re.compile(r"([^\w./@$])")


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
        case MissingField(field):
            return f"_missing_:{_escape(field)}"
        case Cidr(field, networks):
            return f"CIDR({_escape(field)}, {', '.join(networks)})"
    return _print_field(node.field) + _print_value(node)


def _print_field(field: str | None) -> str:
    if field is None:
        return ""
    return f"{field if field == FULL_TEXT else _escape(field)}:"


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


def _print_end(bound: Operand | None) -> str:
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
