"""Numbers as people read them: scaled, with their unit, as a formula's `number_format` asks for.

https://docs.datadoghq.com/metrics/units/
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.document import Document, get

NOTHING = "–"

_THOUSANDS = ((1e12, "T"), (1e9, "G"), (1e6, "M"), (1e3, "k"))
_BITS = tuple((factor, f"{letter}b") for factor, letter in _THOUSANDS)
_BYTES = tuple((1024.0**power, f"{letter}iB") for power, letter in ((4, "T"), (3, "G"), (2, "M"), (1, "K")))
_TIMES = (
    (86400, "d"),
    (3600, "h"),
    (60, "min"),
    (1, "s"),
    (1e-3, "ms"),
    (1e-6, "µs"),
    (1e-9, "ns"),
)
_SECONDS = {
    "nanosecond": 1e-9,
    "microsecond": 1e-6,
    "millisecond": 1e-3,
    "second": 1,
    "minute": 60,
    "hour": 3600,
}
_PER = {"second": "/s", "minute": "/min", "hour": "/h"}


@dataclass(frozen=True, slots=True)
class Unit:
    """Scales from large to small; a number is first multiplied by `factor`, which makes it the base unit."""

    scales: Sequence[tuple[float, str]] = _THOUSANDS
    base: str = ""
    factor: float = 1
    suffix: str = ""

    def scale(self, largest: float) -> tuple[float, str]:
        """What to divide numbers of this size by, and the sign that they then have."""
        size = abs(largest) * self.factor
        divisor, sign = next((item for item in self.scales if size >= item[0]), (1.0, self.base))
        return divisor / self.factor, sign + self.suffix


PLAIN = Unit()


def unit_of(style: Document, custom: str | None = None, measure: str | None = None) -> Unit:
    """The unit that a formula's document names, else that of its measure; `custom` is a widget's own text."""
    if custom:
        return Unit((), custom)
    unit = get(style, ("number_format", "unit")) or {}
    name = str(unit.get("unit_name") or unit.get("label") or measure or "")
    suffix = _PER.get(str(unit.get("per_unit_name") or ""), "")
    if name == "byte":
        return Unit(_BYTES, "B", suffix=suffix)
    if name == "bit":
        return Unit(_BITS, "b", suffix=suffix)
    if name in _SECONDS:
        return Unit(_TIMES, "s", _SECONDS[name], suffix)
    if name == "percent":
        return Unit((), "%")
    return Unit(suffix=suffix)


def shown(number: float | None, unit: Unit = PLAIN, precision: int | None = None) -> str:
    """The number scaled, as in `21.4 MiB`, with at most two decimals where no precision is given."""
    if number is None:
        return NOTHING
    divisor, sign = unit.scale(number)
    value = number / divisor
    is_whole = float(value).is_integer()
    if precision is not None and not is_whole and not (sign and unit == PLAIN and precision == 0):
        text = f"{value:,.{min(precision, 10)}f}"
    else:
        text = f"{value:,.2f}".rstrip("0").rstrip(".")
    return f"{text} {sign}".rstrip() if sign not in ("", "%") else text + sign


def exact(number: float | None) -> str:
    """The number in full: `1,414`, `0.125`."""
    if number is None:
        return NOTHING
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.4f}".rstrip("0")
