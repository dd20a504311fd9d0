"""The language of `{{eval "..."}}`: arithmetic over variables, and functions.

https://docs.datadoghq.com/monitors/guide/template-variable-evaluation/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ddconf.alerting.messages.functions import FUNCTIONS, Value

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)
      |(?P<text>'[^']*'|\\"[^"\\]*\\"|"[^"]*")
      |(?P<name>(?:\[[^\]]+\]|[@A-Za-z_][\w@]*)(?:\.(?:\[[^\]]+\]|[A-Za-z_]\w*))*)
      |(?P<sign>[-+*/%^(),]))""",
    re.VERBOSE,
)
_BINARY: dict[str, Callable[[float, float], float]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "%": lambda a, b: a % b,
    "^": lambda a, b: a**b,
}
_LEVELS = (("+", "-"), ("*", "/", "%"))


class ExpressionError(ValueError):
    """What is wrong in an expression, in words."""


@dataclass(frozen=True, slots=True)
class NumberLiteral:
    value: float


@dataclass(frozen=True, slots=True)
class QuotedText:
    text: str


@dataclass(frozen=True, slots=True)
class VariableName:
    name: str


@dataclass(frozen=True, slots=True)
class Operation:
    sign: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Application:
    function: str
    arguments: tuple[Expression, ...]


Expression = NumberLiteral | QuotedText | VariableName | Operation | Application


def parse_expression(text: str) -> Expression:
    """Raises ExpressionError."""
    reader = _Reader(_tokens(text))
    expression = reader.level(0)
    if reader.kind:
        raise ExpressionError(f"{reader.text!r} is one too many in {text!r}")
    return expression


def compute(expression: Expression, value: Callable[[str], Value]) -> Value:
    """Raises ExpressionError for what cannot be computed: a variable without a value, a division by zero."""
    match expression:
        case NumberLiteral(number):
            return number
        case QuotedText(text):
            return text
        case VariableName(name):
            found = value(name)
            if found is None:
                raise ExpressionError(f"{name} has no value")
            return found
        case Application(function, arguments):
            return _apply(function, [compute(argument, value) for argument in arguments])
        case Operation(sign, left, right):
            return _binary(sign, compute(left, value), compute(right, value))
    raise AssertionError(expression)


def _apply(function: str, arguments: list[Value]) -> Value:
    try:
        return FUNCTIONS[function].call(*arguments)
    except (ArithmeticError, TypeError, ValueError, AttributeError) as error:
        raise ExpressionError(f"{function}() cannot be computed: {error}") from None


def _binary(sign: str, left: Value, right: Value) -> Value:
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        raise ExpressionError(f"{sign} takes numbers")
    try:
        result = _BINARY[sign](left, right)
    except ArithmeticError as error:
        raise ExpressionError(str(error)) from None
    if isinstance(result, complex):
        raise ExpressionError("the result is not a number")
    return result


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens, at, text = [], 0, text.strip()
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ExpressionError(f"{text[at:]!r} cannot be read")
        tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
        at = found.end()
    return tokens


class _Reader:
    """Reads tokens from left to right; `^` binds tighter than the sign before its base, and to the right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._rest = list(reversed(tokens))

    @property
    def kind(self) -> str:
        return self._rest[-1][0] if self._rest else ""

    @property
    def text(self) -> str:
        return self._rest[-1][1] if self._rest else ""

    def level(self, number: int) -> Expression:
        if number == len(_LEVELS):
            return self._signed()
        left = self.level(number + 1)
        while self.kind == "sign" and self.text in _LEVELS[number]:
            sign = self._take()
            left = Operation(sign, left, self.level(number + 1))
        return left

    def _signed(self) -> Expression:
        if self.kind == "sign" and self.text in "+-":
            sign = self._take()
            return Operation(sign, NumberLiteral(0), self._signed())
        base = self._primary()
        if self.text == "^":
            return Operation(self._take(), base, self._signed())
        return base

    def _primary(self) -> Expression:
        kind, text = self.kind, self._take()
        if kind == "number":
            return NumberLiteral(float(text) if not text.isdigit() else int(text))
        if kind == "text":
            return QuotedText(text.strip('\\"') if text[0] in '\\"' else text[1:-1])
        if kind == "name":
            return self._application(text) if self.text == "(" else VariableName(text)
        if text == "(":
            inner = self.level(0)
            self._expect(")")
            return inner
        raise ExpressionError(
            f"a value is missing before {text!r}" if text else "a value is missing at the end"
        )

    def _application(self, name: str) -> Expression:
        if name not in FUNCTIONS:
            raise ExpressionError(f"unknown function {name}()")
        self._take()
        arguments = [] if self.text == ")" else [self.level(0)]
        while self.text == ",":
            self._take()
            arguments.append(self.level(0))
        self._expect(")")
        least, most = FUNCTIONS[name].arity
        if not least <= len(arguments) <= most:
            raise ExpressionError(f"{name}() takes {least} to {most} values, not {len(arguments)}")
        return Application(name, tuple(arguments))

    def _expect(self, text: str) -> None:
        if self.text != text:
            raise ExpressionError(f"{text!r} is missing")
        self._take()

    def _take(self) -> str:
        return self._rest.pop()[1] if self._rest else ""
