"""The functions of `{{eval "..."}}`, by name.

https://docs.datadoghq.com/monitors/guide/template-variable-evaluation/#functions
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Value = Any
"""A number, a text or a truth value."""


@dataclass(frozen=True, slots=True)
class Function:
    call: Callable[..., Value]
    arity: tuple[int, int] = (1, 1)


def _humanized(units: tuple[str, ...]) -> Callable[[float], str]:
    """A number in the largest unit that leaves at least 1; steps of 1024 and the digits are our choice."""

    def humanized(number: float) -> str:
        step = 0
        while abs(number) >= 1024 and step < len(units) - 1:
            number, step = number / 1024, step + 1
        return f"{number:.2f}".rstrip("0").rstrip(".") + f" {units[step]}"

    return humanized


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _round(number: float, digits: float = 0) -> float:
    """Halves go away from zero, as 12.376 to two digits is 12.38."""
    scale = 10 ** int(digits)
    return math.copysign(math.floor(abs(number) * scale + 0.5) / scale, number)


def _substring(text: str, start: float, end: float | None = None) -> str:
    return text[int(start) : None if end is None else int(end)]


FUNCTIONS: dict[str, Function] = {
    "humanize_bytes": Function(_humanized(("B", "KB", "MB", "GB", "TB", "PB"))),
    "humanize_bits": Function(_humanized(("b", "Kb", "Mb", "Gb", "Tb", "Pb"))),
    "int": Function(lambda number: math.trunc(float(number))),
    "trunc": Function(lambda number: math.trunc(float(number))),
    "float": Function(float),
    "dec": Function(lambda number: round(math.fmod(number, 1), 12)),
    "round": Function(_round, (1, 2)),
    "sgn": Function(_sign),
    "to_bool": Function(lambda number: bool(number)),
    "abs": Function(abs),
    "atan2": Function(math.atan2, (2, 2)),
    "pow": Function(math.pow, (2, 2)),
    "log": Function(math.log, (1, 2)),
    "ln": Function(math.log),
    "min": Function(min, (2, 99)),
    "max": Function(max, (2, 99)),
    "upper": Function(str.upper),
    "lower": Function(str.lower),
    "substring": Function(_substring, (2, 3)),
    "strip": Function(str.strip, (1, 2)),
    **{
        name: Function(getattr(math, name))
        for name in (
            *("ceil", "floor", "exp", "log2", "log10", "sqrt"),
            *("sin", "sinh", "asin", "asinh", "cos", "cosh", "acos", "acosh"),
            *("tan", "tanh", "atan", "atanh"),
        )
    },
}
