"""What a query computes of the values of some logs, as Datadog names it.

https://docs.datadoghq.com/logs/explorer/analytics/
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

from ddconf.document import JSON
from ddconf.pipelines.attributes import text_of

Aggregate = Callable[[Sequence[float]], float]

COUNT, CARDINALITY = "count", "cardinality"

_OF_NUMBERS: dict[str, Aggregate] = {"sum": sum, "avg": fmean, "min": min, "max": max}
_PERCENTILES = {"median": 0.5, "pc75": 0.75, "pc90": 0.9, "pc95": 0.95, "pc98": 0.98, "pc99": 0.99}

KNOWN = frozenset((COUNT, CARDINALITY, *_OF_NUMBERS, *_PERCENTILES))


def aggregate(name: str, values: Sequence[JSON]) -> float | None:
    """One number of the values; None where there is nothing to compute it from.

    Logs are counted, texts told apart, and of everything else only the numbers count.
    """
    if name == COUNT:
        return len(values)
    if name == CARDINALITY:
        return len({text_of(value) for value in values})
    numbers = [value for value in values if is_number(value)]
    if not numbers:
        return None
    if name in _PERCENTILES:
        return percentile(numbers, _PERCENTILES[name])
    return _OF_NUMBERS[name](numbers)


def percentile(numbers: Sequence[float], share: float) -> float:
    """The number at rank share * (n - 1) rounded down, where DDSketch looks: exact here, there within 1 %.

    https://github.com/DataDog/sketches-py
    """
    return sorted(numbers)[int(share * (len(numbers) - 1))]


def is_number(value: JSON) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
