"""Formulas over queries: `per_second(query1) * 8`, `query1 / query2 * 100`, `week_before(query1)`.

Their syntax is that of Python's expressions, so Python reads them; only numbers, texts, names, arithmetic and
calls of known functions are taken from what it read.
https://docs.datadoghq.com/dashboards/querying/#advanced-graphing
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ddconf.analytics.frame import Frame, join
from ddconf.analytics.functions import find_function, shift_of
from ddconf.analytics.query import UncomputableQuery
from ddconf.analytics.window import TimeFrame

Fetch = Callable[[str, int], Frame]
"""The frame of a query by its name, of the time so many milliseconds ago."""

_LONGEST = 5000
_OPERATORS: dict[type[ast.operator], Callable[[float, float], float | None]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: lambda a, b: a / b if b else None,
}


def evaluate(formula: str, fetch: Fetch, window: TimeFrame) -> Frame:
    """The frame of a formula; raises Uncomputable for one that is malformed or beyond what is known here."""
    try:
        tree = ast.parse(formula.strip() if len(formula) <= _LONGEST else "", mode="eval").body
        result = _Evaluation(fetch, window, 0).value(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise UncomputableQuery(f"the formula {formula!r} cannot be read") from None
    except (TypeError, OverflowError):
        raise UncomputableQuery(f"the formula {formula!r} cannot be computed") from None
    if isinstance(result, str):
        raise UncomputableQuery(f"the formula {formula!r} is a text")
    return result if isinstance(result, Frame) else _constant(result, window)


def _constant(number: float, window: TimeFrame) -> Frame:
    return Frame((), {(): (number,) * len(window.starts)})


@dataclass(frozen=True, slots=True)
class _Evaluation:
    fetch: Fetch
    window: TimeFrame
    shift: int

    def value(self, node: ast.expr) -> Frame | float | str:
        match node:
            case ast.Constant(value=int() | float() | str() as constant) if not isinstance(constant, bool):
                return constant
            case ast.Name(id=name):
                return self.fetch(name, self.shift)
            case ast.UnaryOp(op=ast.USub(), operand=inner):
                return self._binary(operator.mul, -1, self.value(inner))
            case ast.UnaryOp(op=ast.UAdd(), operand=inner):
                return self.value(inner)
            case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _OPERATORS:
                return self._binary(_OPERATORS[type(sign)], self.value(left), self.value(right))
            case ast.Call(func=ast.Name(id=name), args=[first, *rest], keywords=[]):
                return self._call(name, first, [self.value(item) for item in rest])
        raise UncomputableQuery(f"{ast.unparse(node)!r} is not computed here")

    def _call(self, name: str, first: ast.expr, rest: list[Any]) -> Frame:
        shift = shift_of(name, rest)
        if shift is not None:
            return self._frame(_Evaluation(self.fetch, self.window, self.shift + shift).value(first))
        return find_function(name)(self._frame(self.value(first)), self.window, *rest)

    def _binary(
        self, combine: Callable[[float, float], float | None], left: Any, right: Any
    ) -> Frame | float | str:
        if isinstance(left, Frame) or isinstance(right, Frame):
            return join(self._frame(left), self._frame(right), combine)
        result = combine(left, right)
        if result is None:
            raise UncomputableQuery("a division by zero")
        return result

    def _frame(self, value: Frame | float | str) -> Frame:
        if isinstance(value, str):
            raise TypeError
        return value if isinstance(value, Frame) else _constant(value, self.window)
