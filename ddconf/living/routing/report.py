"""Many logs routed offline: how many each place gets, and what custom metrics they would make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ddconf.document import JSON
from ddconf.living.routing.routing import RoutedLog, Routing
from ddconf.pipelines.log import Log

_EXAMPLES = 3


@dataclass(slots=True)
class LogPlace:
    """What one index, archive, metric or destination gets; `examples` are messages."""

    logs: int = 0
    excluded: Counter[str] = field(default_factory=Counter)
    series: set[tuple[str, ...]] = field(default_factory=set)
    examples: list[str] = field(default_factory=list)

    def add(self, message: str) -> None:
        self.logs += 1
        if len(self.examples) < _EXAMPLES:
            self.examples.append(message)


@dataclass(slots=True)
class RouteReport:
    """By kind of place and name; `nowhere` are logs that no index took."""

    logs: int = 0
    indexes: dict[str, LogPlace] = field(default_factory=dict)
    archives: dict[str, LogPlace] = field(default_factory=dict)
    metrics: dict[str, LogPlace] = field(default_factory=dict)
    destinations: dict[str, LogPlace] = field(default_factory=dict)
    nowhere: LogPlace = field(default_factory=LogPlace)
    _times: tuple[int, int] | None = None

    @property
    def span(self) -> int:
        """Milliseconds from the first to the last log."""
        return self._times[1] - self._times[0] if self._times else 0

    def add(self, routed: RoutedLog) -> None:
        self.logs += 1
        if (moment := routed.log.timestamp) is not None:
            first, last = self._times or (moment, moment)
            self._times = (min(first, moment), max(last, moment))
        why, message = routed.why, routed.log.message
        if why.index is None:
            self.nowhere.add(message)
        elif why.sampled and why.sampled.excluded:
            self.indexes[why.index].excluded[why.sampled.filter] += 1
        else:
            self.indexes[why.index].add(message)
        if why.archive:
            self.archives[why.archive].add(message)
        for name in why.metrics:
            self.metrics[name].add(message)
        for measure in routed.measures:
            self.metrics[measure.metric].series.add(measure.tags)
        for name in why.destinations:
            self.destinations[name].add(message)

    def as_json(self) -> dict[str, JSON]:
        groups = {
            "indexes": self.indexes,
            "archives": self.archives,
            "metrics": self.metrics,
            "destinations": self.destinations,
        }
        said: dict[str, JSON] = {"logs": self.logs, "not_indexed": _plain(self.nowhere)}
        return said | {
            kind: {name: _plain(place) for name, place in places.items()} for kind, places in groups.items()
        }


def _plain(place: LogPlace) -> dict[str, JSON]:
    said: dict[str, JSON] = {"logs": place.logs, "examples": place.examples}
    if place.excluded:
        said["excluded"] = dict(place.excluded)
    if place.series:
        said["series"] = len(place.series)
    return said


def route_all(routing: Routing, logs: Iterable[Log]) -> RouteReport:
    """Every place of the configuration is in the report, also one that gets nothing."""
    report = RouteReport(
        indexes={index.name: LogPlace() for index in routing.indexes},
        archives={archive.id: LogPlace() for archive in routing.archives},
        metrics={metric.name: LogPlace() for metric in routing.metrics},
        destinations={destination.name: LogPlace() for destination in routing.destinations},
    )
    for number, log in enumerate(logs):
        report.add(routing.route(log, number))
    return report
