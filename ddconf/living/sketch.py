"""DDSketch as the Agent makes it: counts in bins whose width grows with the value, so that sketches add up.

https://github.com/DataDog/datadog-agent/tree/main/pkg/util/quantile
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_GAMMA = 1 + 2 / 128
_LN_GAMMA = math.log1p(2 / 128)
_BIAS = 1 - math.floor(math.log(1e-9) / _LN_GAMMA)
_LEAST = _GAMMA ** (1 - _BIAS)
_HIGHEST_KEY = 32767


@dataclass(frozen=True, slots=True)
class Sketch:
    """A distribution of values; `bins` counts them by key, negative keys for negative values."""

    count: int = 0
    minimum: float = 0.0
    maximum: float = 0.0
    sum: float = 0.0
    bins: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, values: Iterable[float], weight: int = 1) -> Sketch:
        """The sketch of values that each stand for `weight` of them."""
        seen = list(values)
        if not seen:
            return cls()
        keys = Counter(map(key_of, seen))
        bins = {key: number * weight for key, number in sorted(keys.items())}
        return cls(len(seen) * weight, min(seen), max(seen), math.fsum(seen) * weight, bins)

    @classmethod
    def from_text(cls, text: str) -> Sketch:
        count, low, high, total, keys, counts = json.loads(text)
        return cls(count, low, high, total, dict(zip(keys, counts, strict=True)))

    def as_text(self) -> str:
        """What `from_text` reads."""
        parts = (self.count, self.minimum, self.maximum, self.sum, list(self.bins), list(self.bins.values()))
        return json.dumps(parts, separators=(",", ":"))

    @property
    def average(self) -> float:
        return self.sum / self.count if self.count else 0.0

    def __add__(self, other: Sketch) -> Sketch:
        if not self.count or not other.count:
            return self if self.count else other
        bins = Counter(self.bins)
        bins.update(other.bins)
        return Sketch(
            self.count + other.count,
            min(self.minimum, other.minimum),
            max(self.maximum, other.maximum),
            self.sum + other.sum,
            dict(sorted(bins.items())),
        )

    def quantile(self, share: float) -> float:
        """The value at a rank between 0 and 1, within 1 % and never outside what was seen."""
        if share <= 0 or share >= 1 or not self.bins:
            return self.minimum if share <= 0 else self.maximum
        rank = round(share * (self.count - 1))
        passed, last = 0, len(self.bins) - 1
        for place, (key, number) in enumerate(self.bins.items()):
            passed += number
            if passed <= rank:
                continue
            weight = (passed - rank) / number
            low = self.minimum if place == 0 < last else value_of(key)
            high = self.maximum if place == last else value_of(key) * _GAMMA
            low, high = sorted((low, high))  # of negative values the bin lies the other way round
            return min(max(low * weight + high * (1 - weight), self.minimum), self.maximum)
        return self.maximum


def key_of(value: float) -> int:
    """The bin of a value."""
    if value < 0:
        return -key_of(-value)
    if value < _LEAST:
        return 0
    return min(round(math.log(value) / _LN_GAMMA) + _BIAS, _HIGHEST_KEY)


def value_of(key: int) -> float:
    """The value that a bin stands for."""
    if key < 0:
        return -value_of(-key)
    if key == 0:
        return 0.0
    return math.exp((key - _BIAS) * _LN_GAMMA) if key < _HIGHEST_KEY else math.inf
