"""Logs counted and measured by groups and over time: the buckets of an aggregation.

https://docs.datadoghq.com/api/latest/logs/#aggregate-events
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ddconf.analytics.aggregations import COUNT, KNOWN, aggregate, is_number
from ddconf.analytics.compute import values
from ddconf.document import JSON, Document
from ddconf.emulator.wire import texts
from ddconf.living.queries.times import iso
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log

_MOST_BUCKETS = 10_000
_UNITS = {"s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}


@dataclass(frozen=True, slots=True)
class LogComputation:
    """What is computed of the logs of a bucket; `interval` is in milliseconds, None for one number."""

    aggregation: str = COUNT
    metric: str | None = None
    interval: int | None = None

    def of(self, logs: Sequence[Log]) -> JSON:
        """A number, or one for each interval that has logs."""
        if self.interval is None:
            return self._number(logs)
        by_time: dict[int, list[Log]] = {}
        for log in logs:
            moment = log.timestamp or 0
            by_time.setdefault(moment - moment % self.interval, []).append(log)
        return [
            {"time": iso(start), "value": self._number(members)} for start, members in sorted(by_time.items())
        ]

    def _number(self, logs: Sequence[Log]) -> float | None:
        if self.metric is None and self.aggregation == COUNT:
            return len(logs)
        return aggregate(self.aggregation, [value for log in logs for value in values(log, self.metric)])


@dataclass(frozen=True, slots=True)
class Level:
    """One facet to group by; `missing` and `total` are the values that stand for what they say.

    `histogram` is the width of its bins, the first and the end; `sort` None goes by name.
    """

    facet: str
    limit: int
    sort: LogComputation | None
    descending: bool
    histogram: tuple[float, ...] | None = None
    missing: JSON = None
    total: JSON = None

    def groups(self, logs: Sequence[Log]) -> Iterator[tuple[JSON, list[Log]]]:
        """The groups that come first, and the total behind them if it is asked for."""
        found: dict[str, tuple[JSON, list[Log]]] = {}
        for log in logs:
            for value in self._values(log):
                found.setdefault(text_of(value), (value, []))[1].append(log)
        yield from sorted(found.values(), key=self._rank)[: self.limit]
        if self.total is not None:
            yield self.total, list(logs)

    def _values(self, log: Log) -> Iterator[JSON]:
        present = False
        for value in values(log, self.facet):
            if self.histogram is None:
                present = True
                yield value
            elif is_number(value):
                interval, low, high = self.histogram
                if low <= value < high:
                    present = True
                    yield low + math.floor((value - low) / interval) * interval
        if not present and self.missing is not None:
            yield self.missing

    def _rank(self, item: tuple[JSON, list[Log]]) -> tuple[bool, float, JSON]:
        value, logs = item
        if self.sort is None:
            name = text_of(value)
            return False, 0, tuple(-ord(letter) for letter in name) if self.descending else name
        number = self.sort.of(logs)
        return number is None, (-1 if self.descending else 1) * (number or 0), text_of(value)


def buckets(
    logs: Sequence[Log], measures: Sequence[LogComputation], levels: Sequence[Level]
) -> list[Document]:
    """`{"by": {facet: value}, "computes": {"c0": number}}` for each group; none where there are no logs."""
    made: list[Document] = []
    for by, members in _grouped(logs, levels):
        if members and len(made) < _MOST_BUCKETS:
            computes = {f"c{place}": measure.of(members) for place, measure in enumerate(measures)}
            made.append({"by": by, "computes": computes})
    return made


def _grouped(logs: Sequence[Log], levels: Sequence[Level]) -> Iterator[tuple[dict[str, JSON], Sequence[Log]]]:
    if not levels:
        yield {}, logs
        return
    level, *below = levels
    for value, members in level.groups(logs):
        for by, inner in _grouped(members, below):
            yield {level.facet: value, **by}, inner


def read_measures(listed: JSON) -> list[LogComputation]:
    """From `compute`; one count without any. Raises a Refusal (400)."""
    return [_measure(item, timed=True) for item in listed or [{"aggregation": COUNT}]]


def _measure(said: Document, *, timed: bool = False) -> LogComputation:
    name = said.get("aggregation", COUNT)
    if name not in KNOWN:
        raise texts(400, f"Invalid aggregation: {name}")
    in_time = timed and said.get("type") == "timeseries"
    return LogComputation(
        name, said.get("metric") or None, _interval(str(said.get("interval") or "5m")) if in_time else None
    )


def _interval(text: str) -> int:
    match = re.fullmatch(r"(\d+)([smhdw])", text)
    if not match or not int(match[1]):
        raise texts(400, f"Invalid interval: {text}")
    return int(match[1]) * _UNITS[match[2]]


def read_levels(listed: JSON, first: LogComputation) -> list[Level]:
    """From `group_by`; without a sort of its own a level goes by the `first` measure."""
    return [_level(item, first) for item in listed or []]


def _level(said: Document, first: LogComputation) -> Level:
    if not isinstance(said.get("facet"), str):
        raise texts(400, "'facet' is a required property")
    sort, total, histogram = said.get("sort") or {}, said.get("total"), said.get("histogram")
    measure = _measure(sort) if sort.get("aggregation") else LogComputation(first.aggregation, first.metric)
    bins = tuple(float(histogram[name]) for name in ("interval", "min", "max")) if histogram else None
    return Level(
        said["facet"],
        int(said.get("limit") or 10),
        None if sort.get("type") == "alphabetical" else measure,
        sort.get("order", "desc") != "asc",
        bins,
        said.get("missing"),
        None if total in (None, False) else "total" if total is True else total,
    )
