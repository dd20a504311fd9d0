"""The values of monitors over logs and other events: counted and aggregated by group within the window.

https://docs.datadoghq.com/monitors/types/log/
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from ddconf.alerting.groups import Group
from ddconf.alerting.machine import Reading
from ddconf.alerting.windows import EvaluationWindow
from ddconf.analytics.aggregations import CARDINALITY, COUNT, aggregate
from ddconf.analytics.compute import values
from ddconf.document import JSON
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import parse_query

_LIMITS = {1: 1000, 2: 30, 3: 10, 4: 5}


@dataclass(frozen=True, slots=True)
class ArrivedEvent:
    """A log or another event, and when it arrived (epoch seconds)."""

    time: float
    log: Log


@dataclass(frozen=True, slots=True)
class EventQuestion:
    """A search, what is computed of what it finds, and by which facets or tags it is split."""

    search: str
    window: EvaluationWindow
    aggregation: str = COUNT
    measure: str | None = None
    groups: tuple[str, ...] = ()
    silence_is_skipped: bool = False
    """While another group has events, is a silent one left alone instead of counting as 0?"""


@dataclass(slots=True)
class _Series:
    times: list[float] = field(default_factory=list)
    values: list[JSON] = field(default_factory=list)
    events: list[ArrivedEvent] = field(default_factory=list)


class EventSource:
    """Reads the windows of one monitor over events in the order of their times."""

    def __init__(self, question: EventQuestion, events: Sequence[ArrivedEvent]) -> None:
        self.question = question
        self._found: dict[Group, _Series] = {}
        query = parse_query(question.search)
        for event in events:
            if query.matches(event.log):
                self._add(event)

    @property
    def is_empty(self) -> bool:
        """Has the search found nothing at all?"""
        return not self._found

    @property
    def counts_silence(self) -> bool:
        return counts_silence(self.question.aggregation)

    def read(self, at: float) -> dict[Group, Reading]:
        start, end = self.question.window.span(at)
        found: dict[Group, Reading] = {}
        for group, series in self._found.items():
            low, high = bisect_right(series.times, start), bisect_right(series.times, end)
            if low < high:
                found[group] = self._value(series, low, high)
        if found and self.question.silence_is_skipped:
            silent = (group for group, series in self._found.items() if series.times[0] <= start)
            found = {**dict.fromkeys(silent), **found}
        return _top(found, len(self.question.groups))

    def last_point(self, group: Group, at: float) -> float:
        series = self._found.get(group)
        index = bisect_right(series.times, at - self.question.window.delay) if series else 0
        return series.times[index - 1] if series and index else float("-inf")

    def sample(self, group: Group, at: float) -> Log | None:
        """The newest log of a group within the window, which a message may quote."""
        series = self._found.get(group)
        start, end = self.question.window.span(at)
        index = bisect_right(series.times, end) if series else 0
        return series.events[index - 1].log if series and index and series.times[index - 1] > start else None

    def _add(self, event: ArrivedEvent) -> None:
        for group in _groups(event.log, self.question.groups):
            for value in values(event.log, self.question.measure):
                series = self._found.setdefault(group, _Series())
                series.times.append(event.time)
                series.values.append(value)
                series.events.append(event)

    def _value(self, series: _Series, low: int, high: int) -> float | None:
        if self.question.aggregation == COUNT:
            return high - low
        return aggregate(self.question.aggregation, series.values[low:high])


def counts_silence(aggregation: str) -> bool:
    """Is the value 0 where nothing is found?"""
    return aggregation in (COUNT, CARDINALITY)


def group_limit(facets: int) -> int:
    """How many values of each facet a log monitor looks at."""
    return _LIMITS[facets]


def _top(found: dict[Group, Reading], facets: int) -> dict[Group, Reading]:
    """The groups with the highest values, where there are more than a monitor looks at."""
    most = group_limit(facets) ** facets if facets in _LIMITS else 0
    if not most or len(found) <= most:
        return found
    ranked = sorted(found.items(), key=lambda item: item[1] if isinstance(item[1], int | float) else 0)
    return dict(ranked[-most:])


def _groups(log: Log, names: Sequence[str]) -> Iterator[Group]:
    """A log that lacks one of the facets belongs to no group, one with several values to several."""
    found = ([text_of(value) for value in values(log, name)] for name in names)
    return (tuple(zip(names, combination, strict=True)) for combination in product(*found))
