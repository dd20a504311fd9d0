"""From the text of a search query to its tree: a recursive descent that reads characters, not tokens.

Whether `-`, `TO` or `AND` is an operator depends on where it stands, so there is no separate lexer.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from ipaddress import ip_network

from ddconf.errors import DdconfError, Diagnostic, Source
from ddconf.pipelines.query import (
    ANY,
    ONE,
    All,
    And,
    Bound,
    Cidr,
    Compare,
    Exists,
    Literal,
    Missing,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Range,
    Term,
    Wildcard,
)

_BLANKS = re.compile(r"\s*")
_OPERATOR = re.compile(r"(?:(AND|OR|NOT)(?=[\s()]|\Z))|(&&|\|\|)")
_COMPARISON = re.compile(r"(>=|<=|>|<)\s*")
_FIELD = re.compile(r"(?:\\.|[^\s\\\"()\[\]{}:<>*?])+(?=:)", re.DOTALL)
_ATTRIBUTE = re.compile(r"@(?:\\.|[\w.\-@$/])+", re.DOTALL)
_WORD = re.compile(r"(?:\\.|[^\s\\\"()\[\]{}])+", re.DOTALL)
_PHRASE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_PIECE = re.compile(r"\\(.)|([*?])|([^\\*?]+)", re.DOTALL)
_END = re.compile(r'"(?:\\.|[^"\\])*"|(?:\\.|[^\s\]}\\])+', re.DOTALL)
_CIDR = re.compile(r"CIDR\s*\(")
_EVERYTHING = re.compile(r"\*:\*(?=[\s)]|\Z)")
_TO = re.compile(r"TO(?=\s)")
_DEEPEST = 50


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


def parse(text: str) -> Node:
    """The tree of a query; the empty query matches every log. Raises QueryError."""
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at, self.depth = text, 0, 0
        self.group_end = -1

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
            return self.everything()
        name = self.field()
        if name is None:
            return self.value(field)
        self.skip_blanks()
        if name in ("_exists_", "_missing_"):
            return (Exists if name == "_exists_" else Missing)(self.field_operand())
        if self.at >= len(self.text) or self.text[self.at] == ")":
            raise self.mistake(f"no value after {name}:", f"write {name}:* for any value")
        return self.value(None if name == "_default_" else name)

    def everything(self) -> Node:
        if _EVERYTHING.match(self.text, self.at):
            self.at += 3
            return All()
        raise self.mistake(
            "full-text search cannot be used in pipelines", "name the attribute: @attribute:value", 2
        )

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
        if match := _PHRASE.match(self.text, self.at):
            self.at = match.end()
            return field_name(match[1])
        match = _WORD.match(self.text, self.at)
        if match is None:
            raise self.mistake("the name of a field is missing", "write _exists_:@attribute")
        self.at = match.end()
        return field_name(match[0])

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

    def phrase(self) -> str:
        match = _PHRASE.match(self.text, self.at)
        if match is None:
            raise self.mistake("this quote is never closed", 'add the missing "')
        self.at = match.end()
        return unescape(match[1])

    def range(self, field: str | None) -> Node:
        start, opening = self.at, self.text[self.at]
        self.at += 1
        low = self.range_end(start)
        self.skip_blanks()
        if not _TO.match(self.text, self.at):
            self.at = start
            raise self.mistake(
                "a range needs TO between its ends", "write [1 TO 5], or escape the bracket: \\["
            )
        self.at += 2
        high = self.range_end(start)
        self.skip_blanks()
        if self.at >= len(self.text) or self.text[self.at] not in "]}":
            self.at = start
            raise self.mistake("this range is never closed", "write [1 TO 5]")
        self.at += 1
        return Range(field, low, high, opening, self.text[self.at - 1])

    def range_end(self, start: int) -> Bound | None:
        self.skip_blanks()
        match = _END.match(self.text, self.at)
        if match is None:
            self.at = start
            raise self.mistake("a range needs two ends", "write [1 TO 5], with * for an open end")
        self.at = match.end()
        if match[0] == "*":
            return None
        quoted = match[0].startswith('"') and match[0].endswith('"') and len(match[0]) > 1
        return Bound(unescape(match[0][1:-1] if quoted else match[0]), quoted)

    def comparison(self, field: str | None, match: re.Match[str]) -> Node:
        self.at = match.end()
        if self.text.startswith('"', self.at):
            return Compare(field, match[1], Bound(self.phrase(), quoted=True))
        word = _WORD.match(self.text, self.at)
        if word is None:
            self.at = match.start()
            raise self.mistake(
                f"nothing to compare with after {match[1]}", f"write @attribute:{match[1]}5", len(match[1])
            )
        self.at = word.end()
        return Compare(field, match[1], Bound(unescape(word[0])))

    def word(self, field: str | None) -> Node:
        match = _WORD.match(self.text, self.at)
        if match is None or match[0][0] in ":~^!=":
            raise self.bad_sign("unexpected {!r}")
        self.at = match.end()
        if self.at < len(self.text) and self.text[self.at] in "([{]}\\":
            raise self.bad_sign("unexpected {!r} inside a word")
        pieces = tuple(wildcard_pieces(match[0]))
        if field is None and pieces == (ANY,):
            return All()
        if all(isinstance(piece, Literal) for piece in pieces):
            return Term(field, unescape(match[0]))
        return Wildcard(field, pieces)

    def bad_sign(self, message: str) -> QueryError:
        sign = self.text[self.at]
        return self.mistake(message.format(sign), f"escape it with a backslash: \\{sign}")

    def cidr(self, start: int) -> Node:
        end = self.text.find(")", start)
        if end < 0:
            raise self.mistake("CIDR( is never closed", "write CIDR(@attribute, 10.0.0.0/8)", 5)
        field, *blocks = [part.strip() for part in self.text[start:end].split(",")]
        if not field or not blocks:
            raise self.mistake(
                "CIDR needs an attribute and at least one block", "write CIDR(@attribute, 10.0.0.0/8)", 5
            )
        for block in blocks:
            try:
                ip_network(block, strict=False)
            except ValueError:
                self.at = self.text.find(block, start)
                hint = "write 10.0.0.0/8"
                raise self.mistake(f"{block!r} is no CIDR block", hint, max(1, len(block))) from None
        self.at = end + 1
        return Cidr(field_name(field), tuple(blocks))

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

    def skip_blanks(self) -> None:
        match = _BLANKS.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def mistake(self, message: str, hint: str = "", length: int = 1) -> QueryError:
        return QueryError(self.text, self.at, message, hint, length)


def negate(node: Node) -> Node:
    """The negation, where all and nothing are each other's."""
    if isinstance(node, All):
        return Nothing()
    return All() if isinstance(node, Nothing) else Not(node)


def field_name(raw: str) -> str:
    """A field's name without escapes; quotes around parts of an attribute's path are dropped."""
    name = unescape(raw)
    return name.replace('"', "") if name.startswith("@") else name


def unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def wildcard_pieces(raw: str) -> list[Literal | str]:
    """A raw word as literal texts and wildcards, neighbouring literals joined."""
    pieces: list[Literal | str] = []
    for match in _PIECE.finditer(raw):
        if match[2]:
            pieces.append(ANY if match[2] == "*" else ONE)
            continue
        literal = match[1] or match[3]
        if pieces and isinstance(pieces[-1], Literal):
            pieces[-1] = Literal(pieces[-1].text + literal)
        else:
            pieces.append(Literal(literal))
    return pieces
