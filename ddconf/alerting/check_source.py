"""The statuses of service checks from their runs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.machine import Reading
from ddconf.alerting.service_checks import Run, RunThresholds, critical_share
from ddconf.queries.monitors import ServiceCheck

SILENCE = 120
"""Seconds without a run after which a check counts as silent."""


@dataclass(frozen=True, slots=True)
class CheckRuns:
    """The runs of one check with one set of tags, in the order of their times (epoch seconds)."""

    check: str
    tags: tuple[str, ...]
    times: Sequence[float]
    runs: Sequence[Run]

    def until(self, at: float) -> Sequence[Run]:
        return self.runs[: bisect_right(self.times, at)]

    def last(self, at: float) -> float:
        index = bisect_right(self.times, at)
        return self.times[index - 1] if index else float("-inf")


class CheckSource:
    """Reads the groups of one service check monitor."""

    def __init__(self, query: ServiceCheck, checks: Sequence[CheckRuns], thresholds: RunThresholds) -> None:
        self.query = query
        self.thresholds = thresholds
        self._groups: dict[Group, list[CheckRuns]] = {}
        for check in checks:
            if check.check == query.check.value and _is_asked(query, check.tags):
                for group in self._of(check):
                    self._groups.setdefault(group, []).append(check)

    @property
    def is_cluster(self) -> bool:
        return self.query.method("pct_by_status") is not None

    def read(self, at: float) -> dict[Group, Reading]:
        found: dict[Group, Reading] = {}
        for group, checks in self._groups.items():
            recent = [check for check in checks if at - check.last(at) < SILENCE]
            if recent:
                found[group] = (
                    critical_share([check.until(at)[-1] for check in recent])
                    if self.is_cluster
                    else self._status(recent, at)
                )
        return found

    def last_point(self, group: Group, at: float) -> float:
        return max((check.last(at) for check in self._groups.get(group, ())), default=float("-inf"))

    def _status(self, checks: Sequence[CheckRuns], at: float) -> Reading:
        """The worst of the checks that share a group."""
        found = [self.thresholds.status(check.until(at)) for check in checks]
        known = [status for status in found if status is not None]
        return max(known, key=lambda status: status.severity) if known else None

    def _of(self, check: CheckRuns) -> Iterator[Group]:
        keys = [] if self.is_cluster else [key for key in self.query.groups if key != "*"]
        if not self.is_cluster and "*" in self.query.groups:
            yield tuple((key, value) for key, _, value in (tag.partition(":") for tag in check.tags))
            return
        values: Mapping[str, list[str]] = {
            key: [tag[len(key) + 1 :] for tag in check.tags if tag.startswith(f"{key}:")] for key in keys
        }
        for combination in product(*values.values()):
            yield tuple(zip(keys, combination, strict=True)) or EVERYTHING


def _is_asked(query: ServiceCheck, tags: Sequence[str]) -> bool:
    """`over` names tags that all have to be there, `exclude` those of which none may be."""
    over = [tag for tag in query.texts("over") if tag != "*"]
    return all(tag in tags for tag in over) and not any(tag in tags for tag in query.texts("exclude"))
