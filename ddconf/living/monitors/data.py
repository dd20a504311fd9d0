"""What one evaluation of a monitor looks at, read from what has arrived."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from ddconf.alerting.check_source import CheckRuns
from ddconf.alerting.data import Data, ReferencedMonitor
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.monitor import Monitor, parse_metric
from ddconf.alerting.service_checks import Run
from ddconf.document import Document
from ddconf.living.queries.events import as_log
from ddconf.living.queries.samples import read_samples
from ddconf.living.sandbox import Sandbox
from ddconf.pipelines.query import parse_query
from ddconf.queries.monitors import EventAlert, FormulaAlert, MetricAlert, ServiceCheck
from ddconf.queries.tree import Expression, all_series

_MARGIN = 3600  # seconds before a window that interpolation and functions may look at
_RECENT = 3600  # seconds that are read once for all monitors
_CHECKS = 86_400
_METRICS = ("metrics", "cloud_cost")
_RUNS = (Run.OK, Run.WARNING, Run.CRITICAL, Run.UNKNOWN)


class EventWindows:
    """Logs and events as the monitors of one evaluation look at them.

    The last hour is read once for all of them; of a longer time only what is searched for is ever in memory.
    """

    def __init__(self, sandbox: Sandbox, at: int) -> None:
        self.sandbox, self.at = sandbox, at
        self._recent: dict[str, list[ArrivedEvent]] = {}

    def since(self, source: str, start: float, search: str) -> list[ArrivedEvent]:
        """What matches, in the order of its times; other products than logs and events have nothing."""
        query = parse_query(search)
        return [event for event in self._events(source, start) if query.matches(event.log)]

    def _events(self, source: str, start: float) -> Iterable[ArrivedEvent]:
        if start < self.at - _RECENT:
            return self._read(source, start)
        if source not in self._recent:
            self._recent[source] = list(self._read(source, self.at - _RECENT))
        events = self._recent[source]
        return islice(events, bisect_left(events, start, key=lambda event: event.time), None)

    def _read(self, source: str, start: float) -> Iterator[ArrivedEvent]:
        if source == "logs":
            for stored in self.sandbox.logs.between(int(start * 1000), self.at * 1000):
                yield ArrivedEvent(stored.moment / 1000, stored.log)
        elif source == "events":
            for _, event in self.sandbox.events.between(int(start), self.at):
                yield ArrivedEvent(event.timestamp, as_log(event))


def read_data(windows: EventWindows, monitor: Monitor, parts: Mapping[str, ReferencedMonitor]) -> Data:
    """The series, logs, events or checks of its query, as far back as it looks."""
    sandbox, at = windows.sandbox, windows.at
    start = monitor.window.span(at)[0]
    match monitor.query:
        case MetricAlert(change=change):
            back = change.ago.seconds if change else 0
            return Data(_series(sandbox, [monitor.query.expression], start - back, at))
        case EventAlert(source=source, search=search):
            return Data(events={source: windows.since(source, start, search.value)})
        case FormulaAlert():
            return _of_formula(windows, monitor, start)
        case ServiceCheck(check=check):
            return Data(checks=_checks(sandbox, check.value, at))
    return Data(parts=parts)


def _of_formula(windows: EventWindows, monitor: Monitor, start: float) -> Data:
    variables: list[Document] = list(monitor.variables.values())
    metrics = [parse_metric(item) for item in variables if item.get("data_source") in _METRICS]
    searches: dict[str, list[str]] = {}
    for item in variables:
        if item.get("data_source") not in _METRICS:
            text = str((item.get("search") or {}).get("query") or "*")
            searches.setdefault(str(item.get("data_source")), []).append(f"({text})")
    return Data(
        _series(windows.sandbox, metrics, start, windows.at),
        {source: windows.since(source, start, " OR ".join(texts)) for source, texts in searches.items()},
    )


def _series(sandbox: Sandbox, trees: Iterable[Expression], start: float, at: int) -> list[Samples]:
    names = [leaf.metric for tree in trees for leaf in all_series(tree)]
    return read_samples(sandbox, names, start - _MARGIN, at)


def _checks(sandbox: Sandbox, name: str, at: int) -> list[CheckRuns]:
    """The runs of a check by their tags and host."""
    found: dict[tuple[str, ...], tuple[list[float], list[Run]]] = {}
    for run in sandbox.checks.runs(name, at - _CHECKS, at):
        tags = tuple(sorted({*run.tags, *([f"host:{run.host}"] if run.host else [])}))
        times, runs = found.setdefault(tags, ([], []))
        times.append(run.timestamp)
        runs.append(_RUNS[run.status] if 0 <= run.status < len(_RUNS) else Run.UNKNOWN)
    return [CheckRuns(name, tags, times, runs) for tags, (times, runs) in found.items()]
