"""Reads the values of a search query: words, phrases, wildcards, comparisons, ranges, CIDR blocks."""

from __future__ import annotations

import re
from ipaddress import ip_network

from ddconf.pipelines.query.errors import QueryError
from ddconf.pipelines.query.tree import (
    ANY,
    ONE,
    All,
    Cidr,
    Compare,
    Literal,
    Node,
    Operand,
    Range,
    Term,
    Wildcard,
)

WORD = re.compile(r"(?:\\.|[^\s\\\"()\[\]{}])+", re.DOTALL)
PHRASE = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)

_BLANKS = re.compile(r"\s*")
_PIECE = re.compile(r"\\(.)|([*?])|([^\\*?]+)", re.DOTALL)
_END = re.compile(r'"(?:\\.|[^"\\])*"|(?:\\.|[^\s\]}\\])+', re.DOTALL)
_TO = re.compile(r"TO(?=\s)")


class ValueReader:
    """A place in the text of a query, and the readers of what may stand there as a value."""

    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def phrase(self) -> str:
        match = PHRASE.match(self.text, self.at)
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

    def range_end(self, start: int) -> Operand | None:
        self.skip_blanks()
        match = _END.match(self.text, self.at)
        if match is None:
            self.at = start
            raise self.mistake("a range needs two ends", "write [1 TO 5], with * for an open end")
        self.at = match.end()
        if match[0] == "*":
            return None
        quoted = match[0].startswith('"') and match[0].endswith('"') and len(match[0]) > 1
        return Operand(unescape(match[0][1:-1] if quoted else match[0]), quoted)

    def comparison(self, field: str | None, match: re.Match[str]) -> Node:
        self.at = match.end()
        if self.text.startswith('"', self.at):
            return Compare(field, match[1], Operand(self.phrase(), quoted=True))
        word = WORD.match(self.text, self.at)
        if word is None:
            self.at = match.start()
            raise self.mistake(
                f"nothing to compare with after {match[1]}", f"write @attribute:{match[1]}5", len(match[1])
            )
        self.at = word.end()
        return Compare(field, match[1], Operand(unescape(word[0])))

    def word(self, field: str | None) -> Node:
        match = WORD.match(self.text, self.at)
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
                raise self.mistake(f"{block!r} is not a CIDR block", hint, max(1, len(block))) from None
        self.at = end + 1
        return Cidr(field_name(field), tuple(blocks))

    def skip_blanks(self) -> None:
        match = _BLANKS.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def mistake(self, message: str, hint: str = "", length: int = 1) -> QueryError:
        return QueryError(self.text, self.at, message, hint, length)


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
