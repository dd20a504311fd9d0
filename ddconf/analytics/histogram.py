"""How the values of a measure spread: counts between bounds of equal distance, or of equal ratio."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_BINS = 30


@dataclass(frozen=True, slots=True)
class Bins:
    """`counts[i]` values lie from `bounds[i]` to before `bounds[i + 1]`; the last bound is included."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]


def bounds(numbers: Sequence[float], *, bins: int = _BINS, ratio: bool = False) -> tuple[float, ...]:
    """Bounds around all numbers; of equal ratio only where all are above zero."""
    low, high = min(numbers), max(numbers)
    if low == high:
        return (low, low + 1)
    if ratio and low > 0:
        step = (math.log(high) - math.log(low)) / bins
        return (low, *(low * math.exp(step * index) for index in range(1, bins)), high)
    return (*(low + (high - low) * index / bins for index in range(bins)), high)


def histogram(numbers: Sequence[float], edges: Sequence[float]) -> Bins:
    """Count the numbers between the edges; those outside are left out."""
    counts = [0] * (len(edges) - 1)
    for number in numbers:
        if edges[0] <= number <= edges[-1]:
            counts[min(bisect_right(edges, number) - 1, len(counts) - 1)] += 1
    return Bins(tuple(edges), tuple(counts))
