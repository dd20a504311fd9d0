"""What a monitor's statuses come from, evaluation by evaluation, whatever its type."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ddconf.alerting.composites import common_groups, status_of
from ddconf.alerting.events import EventSource
from ddconf.alerting.groups import Group
from ddconf.alerting.machine import Reading
from ddconf.alerting.metrics.evaluate import Evaluation, QueryInputs
from ddconf.alerting.metrics.frame import Grid, MetricFrame
from ddconf.alerting.status import Status
from ddconf.queries.monitors import Composite
from ddconf.queries.tree import Expression, Name

History = Mapping[Group, Sequence[tuple[float, Status]]]
"""The statuses of a monitor's groups, each from a time on (epoch seconds, in order)."""


class GroupSource(Protocol):
    """Groups that are not read have no point in the window."""

    def read(self, at: float) -> dict[Group, Reading]: ...

    def last_point(self, group: Group, at: float) -> float: ...


@dataclass(frozen=True, slots=True)
class FormulaSource:
    """A formula over event queries: each is computed over the window, then the formula once."""

    formula: Expression
    queries: Mapping[str, EventSource]

    def read(self, at: float) -> dict[Group, Reading]:
        moment = Grid(at, 1, 1)
        found = {name: source.read(at) for name, source in self.queries.items()}
        every = {group for readings in found.values() for group in readings}

        def known(tree: Expression) -> MetricFrame | None:
            if not isinstance(tree, Name) or tree.name not in found:
                return None
            source = self.queries[tree.name]
            rows = {group: [_number(found[tree.name].get(group), source)] for group in every}
            return MetricFrame(moment, rows)

        frame = Evaluation(QueryInputs([]), moment, at, known=known).frame(self.formula)
        return {group: row[0] for group, row in frame.rows.items() if group in every}

    def last_point(self, group: Group, at: float) -> float:
        return max((source.last_point(group, at) for source in self.queries.values()), default=float("-inf"))


def _number(reading: Reading, source: EventSource) -> float | None:
    """What a query found; nothing counts as 0 if the query counts."""
    if isinstance(reading, int | float):
        return reading
    return 0 if source.counts_silence else None


@dataclass(frozen=True, slots=True)
class CompositeSource:
    """The statuses of a condition over the histories of its parts, by their ids."""

    query: Composite
    parts: Mapping[str, History]
    tells_no_data: bool

    def read(self, at: float) -> dict[Group, Reading]:
        return {
            group: status_of(self.query.condition, statuses, tells_no_data=self.tells_no_data)
            for group, statuses in self._now(at).items()
        }

    def statuses(self, group: Group, at: float) -> Mapping[str, Status]:
        """Those of the parts, by id."""
        return self._now(at).get(group, {})

    def _now(self, at: float) -> dict[Group, dict[str, Status]]:
        ids = list(dict.fromkeys(part.id for part in self.query.parts))
        now = [{group: _at(history, at) for group, history in self.parts[id].items()} for id in ids]
        present = [{group: status for group, status in part.items() if status} for part in now]
        return {
            group: {id: part[member] for id, part, member in zip(ids, present, members, strict=True)}
            for group, members in common_groups(present).items()
        }

    def last_point(self, group: Group, at: float) -> float:
        return at


def _at(history: Sequence[tuple[float, Status]], at: float) -> Status | None:
    """The status at a time; None before the group existed."""
    index = bisect_right(history, at, key=lambda item: item[0])
    return history[index - 1][1] if index else None


@dataclass(frozen=True, slots=True)
class StatedSource:
    """Values that a test states in place of what only Datadog computes: one per evaluation."""

    values: Mapping[Group, Sequence[tuple[float, float | None]]]

    def read(self, at: float) -> dict[Group, Reading]:
        found: dict[Group, Reading] = {}
        for group, values in self.values.items():
            index = bisect_right(values, at, key=lambda item: item[0])
            if index and (value := values[index - 1][1]) is not None:
                found[group] = value
        return found

    def last_point(self, group: Group, at: float) -> float:
        values = self.values.get(group, ())
        times = [time for time, value in values if value is not None and time <= at]
        return times[-1] if times else float("-inf")
