"""From the text of a search query to its tree: a recursive descent that reads characters, not tokens.

Whether `-`, `TO` or `AND` is an operator depends on where it stands, so there is no separate lexer.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from ddconf.pipelines.query.tree import (
    FULL_TEXT,
    All,
    And,
    Compare,
    Exists,
    MissingField,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Range,
    Term,
)
from ddconf.pipelines.query.values import PHRASE, WORD, ValueReader, field_name

_OPERATOR = re.compile(r"(?:(AND|OR|NOT)(?=[\s()]|\Z))|(&&|\|\|)")
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*")
_FIELD = re.compile(r"(?:\\.|[^\s\\\"()\[\]{}:<>*?])+(?=:)", re.DOTALL)
_ATTRIBUTE = re.compile(r"@(?:\\.|[\w.\-@$/])+", re.DOTALL)
_CIDR = re.compile(r"CIDR\s*\(")
_EVERYTHING = re.compile(r"\*:\*(?=[\s)]|\Z)")
_DEEPEST = 50


def parse(text: str) -> Node:
    """The tree of a query; the empty query matches every log. Raises QueryError."""
    return _Parser(text).query()


class _Parser(ValueReader):
    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.depth, self.group_end = 0, -1

    def query(self) -> Node:
        if not self.text.strip():
            return All()
        node = self.alternatives(None)
        if self.at < len(self.text):
            raise self.mistake("this closing parenthesis was never opened", "remove it, or escape it as \\)")
        return node

    def alternatives(self, field: str | None) -> Node:
        nodes = [self.conjunction(field, first=True)]
        while self.operator() == "OR":
            self.take_operator()
            nodes.append(self.conjunction(field, first=False))
        return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))

    def conjunction(self, field: str | None, first: bool) -> Node:
        nodes: list[Node] = [self.operand(field)]
        joinable = self.is_bare(nodes[0], field) and first
        while not self.finished() and (operator := self.operator()) != "OR":
            if operator == "AND":
                self.take_operator()
                nodes.append(self.operand(field))
                joinable = False
                continue
            node = self.operand(field)
            bare = self.is_bare(node, field)
            if joinable and bare and isinstance(nodes[-1], Term) and isinstance(node, Term):
                nodes[-1] = Term(None, f"{nodes[-1].text} {node.text}")
            else:
                nodes.append(node)
            joinable = bare
        return nodes[0] if len(nodes) == 1 else And(tuple(nodes))

    def is_bare(self, node: Node, field: str | None) -> bool:
        """Whether a word of the message may join the next into one term: no operator stands behind it."""
        return (
            field is None
            and isinstance(node, Term)
            and node.field is None
            and self.group_end != self.at
            and self.operator() not in ("AND", "OR")
        )

    def operand(self, field: str | None) -> Node:
        self.skip_blanks()
        start = self.at
        if self.at >= len(self.text) or self.text[self.at] == ")":
            raise self.mistake("a term is missing here", "an operator needs a term on both sides")
        if self.operator() in ("AND", "OR"):
            raise self.mistake(
                "an operator without a term before it", f"quote it to search for the word: {self.quoted()}"
            )
        if self.text[start] == "+":
            self.at += 1
            return self.nested(self.operand, field)
        if self.text[start] == "-" or self.operator() == "NOT":
            self.at += 1 if self.text[start] == "-" else 3
            return negate(self.nested(self.operand, field))
        return self.term(field)

    def term(self, field: str | None) -> Node:
        if match := _CIDR.match(self.text, self.at):
            return self.cidr(match.end())
        if self.text.startswith("*:", self.at):
            return self.full_text()
        name = self.field()
        if name is None:
            return self.value(field)
        self.skip_blanks()
        if name in ("_exists_", "_missing_"):
            return (Exists if name == "_exists_" else MissingField)(self.field_operand())
        if self.at >= len(self.text) or self.text[self.at] == ")":
            raise self.mistake(f"no value after {name}:", f"write {name}:* for any value")
        return self.value(None if name == "_default_" else name)

    def full_text(self) -> Node:
        """`*:*` is everything, `*:words` are looked for in the message and in all attributes."""
        if _EVERYTHING.match(self.text, self.at):
            self.at += 3
            return All()
        start = self.at
        self.at += 2
        self.skip_blanks()
        if self.finished():
            raise self.mistake("no value after *:", "write *:* for every log")
        node = self.value(FULL_TEXT)
        if isinstance(node, Range | Compare):
            self.at = start
            raise self.mistake("full-text search looks for words", "name the attribute: @attribute:>5", 2)
        return node

    def field(self) -> str | None:
        match = _FIELD.match(self.text, self.at)
        if match is None:
            return None
        if match[0].startswith("@"):
            self.check_attribute(match)
        self.at = match.end() + 1
        return field_name(match[0])

    def check_attribute(self, match: re.Match[str]) -> None:
        good = _ATTRIBUTE.match(match[0])
        end = good.end() if good else 1
        if end < len(match[0]):
            self.at = match.start() + end
            raise self.bad_sign("{!r} cannot stand in the name of an attribute")
        if len(match[0]) == 1:
            raise self.mistake("the name of the attribute is missing", "write @attribute:value")

    def field_operand(self) -> str:
        phrase = PHRASE.match(self.text, self.at)
        match = phrase or WORD.match(self.text, self.at)
        name = match[1 if phrase else 0] if match else ""
        if match is None or not name:
            raise self.mistake("the name of a field is missing", "write _exists_:@attribute")
        self.at = match.end()
        return field_name(name)

    def value(self, field: str | None) -> Node:
        first = self.text[self.at]
        if first == "(":
            return self.nested(self.group, field)
        if first == '"':
            return Phrase(field, self.phrase())
        if first in "[{":
            return self.range(field)
        if match := _COMPARISON.match(self.text, self.at):
            return self.comparison(field, match)
        if first in "]}":
            raise self.bad_sign("unexpected {!r}")
        if first in "“”":
            raise self.mistake("a typographic quote", 'use the straight quote "')
        return self.word(field)

    def group(self, field: str | None) -> Node:
        opened = self.at
        self.at += 1
        self.skip_blanks()
        if self.text.startswith(")", self.at):
            self.at = opened
            raise self.mistake("nothing between the parentheses", "remove them, or put a term inside", 2)
        node = self.alternatives(field)
        self.skip_blanks()
        if not self.text.startswith(")", self.at):
            self.at = opened
            raise self.mistake("this parenthesis is never closed", "add the missing )")
        self.at += 1
        self.group_end = self.at
        return node

    def nested(self, read: Callable[[str | None], Node], field: str | None) -> Node:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.mistake(f"nested more than {_DEEPEST} levels deep", "simplify the query")
        node = read(field)
        self.depth -= 1
        return node

    def operator(self) -> str | None:
        """The operator that comes next, if any; nothing is taken."""
        self.skip_blanks()
        match = _OPERATOR.match(self.text, self.at)
        return {"&&": "AND", "||": "OR"}.get(match[0], match[0]) if match else None

    def take_operator(self) -> None:
        match = _OPERATOR.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def quoted(self) -> str:
        match = _OPERATOR.match(self.text, self.at)
        return f'"{match[0]}"' if match else ""

    def finished(self) -> bool:
        self.skip_blanks()
        return self.at >= len(self.text) or self.text[self.at] == ")"


def negate(node: Node) -> Node:
    """The negation, where all and nothing are each other's."""
    if isinstance(node, All):
        return Nothing()
    return All() if isinstance(node, Nothing) else Not(node)
