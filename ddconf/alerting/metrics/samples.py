"""Samples of metrics as they were sent."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, reduce

from ddconf.document import JSON
from ddconf.queries.tree import Series

_ITEM = re.compile(r"(?P<start>_|-?[\d.]+(?:[eE][+-]?\d+)?)(?P<step>[+-][\d.]+)?(?:x(?P<more>\d+))?")
_LIST = re.compile(r"\[(?P<values>[^\]]*)\](?:x(?P<more>\d+))?")


class MetricType(StrEnum):
    GAUGE = "gauge"
    COUNT = "count"
    RATE = "rate"
    DISTRIBUTION = "distribution"
    ALIGNED = "aligned"
    """Values that have been aggregated over their bucket already."""


@dataclass(frozen=True)
class Samples:
    """One metric with one set of tags; `times` are epoch seconds in order.

    A value of a distribution is a list of values; `interval` is the seconds that a count or a rate is about.
    `answers` is the query whose values these are, as Datadog computed them: its scope has chosen already,
    and no other query reads them.
    """

    metric: str
    times: Sequence[float]
    values: Sequence[JSON]
    tags: tuple[str, ...] = ()
    type: MetricType = MetricType.GAUGE
    interval: float | None = None
    interpolates: bool = True
    answers: Series | None = None

    @cached_property
    def by_key(self) -> dict[str, tuple[str, ...]]:
        """The values of each tag's key, in lower case as at intake."""
        found: dict[str, tuple[str, ...]] = {}
        for tag in self.tags:
            key, _, value = tag.lower().partition(":")
            found[key] = (*found.get(key, ()), value)
        return found

    def slice(self, start: float, end: float) -> Iterator[tuple[float, JSON]]:
        """The samples from `start` up to `end`, the latter excluded."""
        low, high = bisect_left(self.times, start), bisect_left(self.times, end)
        return zip(self.times[low:high], self.values[low:high], strict=True)

    def last(self, at: float) -> float:
        """The time of the last sample until then; minus infinity if there is none."""
        index = bisect_right(self.times, at)
        return self.times[index - 1] if index else float("-inf")


def resolution(series: Iterable[Samples]) -> int:
    """The most seconds of which all distances between samples are multiples; 0 for one time only."""
    times = {round(time) for samples in series for time in samples.times}
    first = min(times, default=0)
    return reduce(math.gcd, (time - first for time in times), 0)


MOST_VALUES = 1_000_000
"""Values of one series in a test: a year of minutes is half of it."""


def read_values(text: str | Sequence[JSON]) -> list[JSON]:
    """`5x3` is 5 and three more, `0+10x3` is 0 10 20 30, `_` a gap, `[1, 2]x4` five lists of a distribution.

    The notation of promtool: https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series
    Raises ValueError for anything else.
    """
    if not isinstance(text, str):
        return [value for item in text for value in (read_values(item) if isinstance(item, str) else [item])]
    found: list[JSON] = []
    at, text = 0, text.strip()
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif match := _LIST.match(text, at):
            values = [float(item) for item in match["values"].replace(",", " ").split()]
            found += [values] * _count(match["more"], found)
            at = match.end()
        elif (match := _ITEM.match(text, at)) and (match.end() == len(text) or text[match.end()].isspace()):
            found += _item(match["start"], match["step"], _count(match["more"], found))
            at = match.end()
        else:
            raise ValueError(f"{text[at:].split()[0]!r} is not of the form 5, 5x3, 0+10x3 or _x3")
    return found


def _count(more: str | None, found: Sequence[JSON]) -> int:
    count = int(more or 0) + 1
    if len(found) + count > MOST_VALUES:
        raise ValueError(f"these are more than {MOST_VALUES:,} values")
    return count


def _item(start: str, step: str | None, count: int) -> list[JSON]:
    if start == "_":
        return [None] * count
    first, each = float(start), float(step or 0)
    if not math.isfinite(first + each * count):
        raise ValueError(f"'{start}' is too large for a number")
    return [first + each * number for number in range(count)]
