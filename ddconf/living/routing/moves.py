"""What a change of the configuration moves: the same logs routed by two configurations, place by place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ddconf.document import JSON
from ddconf.living.routing.report import LogPlace, RouteReport

_DAY = 86_400_000
_SHORTEST = 3_600_000  # ms; from a shorter span nobody can tell a day


@dataclass(frozen=True, slots=True)
class Move:
    """A count of logs, or of a metric's series, that has changed; `kind` is as `index` or `series`."""

    kind: str
    name: str
    before: int
    after: int
    a_day: int | None = None
    """How many more a day, where the logs span an hour or more."""

    def as_json(self) -> dict[str, JSON]:
        said: dict[str, JSON] = {
            "kind": self.kind,
            "name": self.name,
            "before": self.before,
            "after": self.after,
        }
        return said if self.a_day is None else {**said, "more_a_day": self.a_day}


def moves(before: RouteReport, after: RouteReport) -> list[Move]:
    """What differs between two reports on the same logs; a place that only one has counts 0 in the other."""
    span = after.span
    old, new = _numbers(before), _numbers(after)
    found = []
    for kind, name in dict.fromkeys([*new, *old]):
        was, now = old.get((kind, name), 0), new.get((kind, name), 0)
        if was != now:
            is_rate = kind != "series" and span >= _SHORTEST
            a_day = round((now - was) * _DAY / span) if is_rate else None
            found.append(Move(kind, name, was, now, a_day))
    return found


def _numbers(report: RouteReport) -> Mapping[tuple[str, str], int]:
    return dict(_counted(report))


def _counted(report: RouteReport) -> Iterator[tuple[tuple[str, str], int]]:
    yield from _logs("index", report.indexes)
    for name, place in report.indexes.items():
        for exclusion, count in place.excluded.items():
            yield ("excluded", f"{name}: {exclusion}"), count
    yield ("no index", ""), report.nowhere.logs
    yield from _logs("archive", report.archives)
    yield from _logs("metric", report.metrics)
    for name, place in report.metrics.items():
        yield ("series", name), len(place.series)
    yield from _logs("destination", report.destinations)


def _logs(kind: str, places: Mapping[str, LogPlace]) -> Iterator[tuple[tuple[str, str], int]]:
    return (((kind, name), place.logs) for name, place in places.items())
