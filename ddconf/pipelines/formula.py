"""Formulas of the arithmetic processor: numbers, attribute paths, `+ - * /` and parentheses.

A `-` is an operator only between blanks, since names may contain it.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass

Numbers = dict[str, float]
Evaluate = Callable[[Numbers], float]

_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\w.@$-]))"
    r"|(?P<sign>[+*/()]|-(?=\s|\()|(?<=[\s(])-|^-)"
    r"|(?P<name>[^\s+*/()]+))"
)
_SUMS = {"+": operator.add, "-": operator.sub}
_PRODUCTS = {"*": operator.mul, "/": operator.truediv}
_DEEPEST, _LONGEST = 50, 300


class FormulaError(Exception):
    """A malformed formula; `offset` and `length` say where in its text."""

    def __init__(self, message: str, offset: int, length: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.message, self.offset, self.length, self.hint = message, offset, length, hint


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula and the attribute paths it names, in order, once each."""

    names: tuple[str, ...]
    evaluate: Evaluate


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


def parse_formula(text: str) -> Formula:
    """Read a formula; raises FormulaError."""
    reader = _Reader(text)
    evaluate = reader.sum(0)
    if reader.kind != "end":
        raise reader.unexpected()
    return Formula(tuple(dict.fromkeys(reader.names)), evaluate)


class _Reader:
    def __init__(self, text: str) -> None:
        self.text, self.names = text, list[str]()
        self.tokens = [
            _Token(match.lastgroup or "", match[match.lastgroup or 0], match.start(match.lastgroup or 0))
            for match in _TOKEN.finditer(text)
        ]
        if len(self.tokens) > _LONGEST:
            raise FormulaError(f"longer than {_LONGEST} terms and operators", self.tokens[_LONGEST].offset)
        self.tokens.append(_Token("end", "", len(text)))
        self.at = 0

    @property
    def kind(self) -> str:
        return self.tokens[self.at].kind

    def take(self, signs: str) -> str | None:
        """The next token's text if it is one of these signs."""
        token = self.tokens[self.at]
        if token.kind != "sign" or token.text not in signs:
            return None
        self.at += 1
        return token.text

    def sum(self, depth: int) -> Evaluate:
        result = self.product(depth)
        while sign := self.take("+-"):
            result = _binary(_SUMS[sign], result, self.product(depth))
        return result

    def product(self, depth: int) -> Evaluate:
        result = self.factor(depth)
        while sign := self.take("*/"):
            result = _binary(_PRODUCTS[sign], result, self.factor(depth))
        return result

    def factor(self, depth: int) -> Evaluate:
        token = self.tokens[self.at]
        if depth > _DEEPEST:
            raise FormulaError(f"nested more than {_DEEPEST} levels deep", token.offset)
        if sign := self.take("+-"):
            inner = self.factor(depth + 1)
            return inner if sign == "+" else lambda numbers: -inner(numbers)
        if self.take("("):
            inner = self.sum(depth + 1)
            if not self.take(")"):
                raise FormulaError("this parenthesis is never closed", token.offset, hint="add the missing )")
            return inner
        if token.kind not in ("number", "name"):
            raise self.unexpected()
        self.at += 1
        if token.kind == "number":
            number = float(token.text)
            return lambda numbers: number
        self.names.append(token.text)
        return lambda numbers: numbers[token.text]

    def unexpected(self) -> FormulaError:
        token = self.tokens[self.at]
        if token.kind == "end":
            return FormulaError("the formula ends too early", max(0, len(self.text) - 1), hint="add a number")
        hint = "put blanks around a minus" if token.text.startswith("-") else ""
        return FormulaError(f"unexpected {token.text!r}", token.offset, len(token.text), hint)


def _binary(apply: Callable[[float, float], float], left: Evaluate, right: Evaluate) -> Evaluate:
    return lambda numbers: apply(left(numbers), right(numbers))
