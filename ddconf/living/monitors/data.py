"""What one evaluation of a monitor looks at, read from what has arrived."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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
from ddconf.queries.monitors import EventAlert, FormulaAlert, MetricAlert, ServiceCheck
from ddconf.queries.tree import Expression, all_series

_MARGIN = 3600  # seconds before a window that interpolation and functions may look at
_CHECKS = 86_400
_METRICS = ("metrics", "cloud_cost")
_RUNS = (Run.OK, Run.WARNING, Run.CRITICAL, Run.UNKNOWN)


def read_data(sandbox: Sandbox, monitor: Monitor, at: int, parts: Mapping[str, ReferencedMonitor]) -> Data:
    """The series, logs, events or checks of its query, as far back as it looks at `at`, a second."""
    start = monitor.window.span(at)[0] - _MARGIN
    match monitor.query:
        case MetricAlert(change=change):
            back = change.ago.seconds if change else 0
            return Data(_series(sandbox, [monitor.query.expression], start - back, at))
        case EventAlert(source=source):
            return Data(events={source: _events(sandbox, source, monitor, at)})
        case FormulaAlert():
            return _of_formula(sandbox, monitor, start, at)
        case ServiceCheck(check=check):
            return Data(checks=_checks(sandbox, check.value, at))
    return Data(parts=parts)


def _of_formula(sandbox: Sandbox, monitor: Monitor, start: float, at: int) -> Data:
    variables: list[Document] = list(monitor.variables.values())
    metrics = [parse_metric(item) for item in variables if item.get("data_source") in _METRICS]
    sources = {str(item.get("data_source")) for item in variables} - set(_METRICS)
    return Data(
        _series(sandbox, metrics, start, at),
        {source: _events(sandbox, source, monitor, at) for source in sources},
    )


def _series(sandbox: Sandbox, trees: Iterable[Expression], start: float, at: int) -> list[Samples]:
    names = [leaf.metric for tree in trees for leaf in all_series(tree)]
    return read_samples(sandbox, names, start, at)


def _events(sandbox: Sandbox, source: str, monitor: Monitor, at: int) -> list[ArrivedEvent]:
    """Logs or events of the window, in the order of their times; other products send nothing here."""
    start = monitor.window.span(at)[0]
    if source == "logs":
        found = sandbox.logs.between(int(start * 1000), at * 1000)
        return [ArrivedEvent(stored.moment / 1000, stored.log) for stored in found]
    if source == "events":
        return [
            ArrivedEvent(event.timestamp, as_log(event))
            for _, event in sandbox.events.between(int(start), at)
        ]
    return []


def _checks(sandbox: Sandbox, name: str, at: int) -> list[CheckRuns]:
    """The runs of a check by their tags and host."""
    found: dict[tuple[str, ...], tuple[list[float], list[Run]]] = {}
    for run in sandbox.checks.runs(name, at - _CHECKS, at):
        tags = tuple(sorted({*run.tags, *([f"host:{run.host}"] if run.host else [])}))
        times, runs = found.setdefault(tags, ([], []))
        times.append(run.timestamp)
        runs.append(_RUNS[run.status] if 0 <= run.status < len(_RUNS) else Run.UNKNOWN)
    return [CheckRuns(name, tags, times, runs) for tags, (times, runs) in found.items()]
