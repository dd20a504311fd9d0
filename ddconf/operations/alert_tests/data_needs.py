"""Which logs and series a monitor looks at, so that they can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ddconf.alerting.metrics.shifts import SHIFTS, seconds_back
from ddconf.alerting.metrics.time import TimeAggregation
from ddconf.alerting.monitor import Monitor, parse_metric
from ddconf.alerting.objective import Objective
from ddconf.alerting.slo_source import seconds
from ddconf.alerting.uncomputable import MODELS, Uncomputable
from ddconf.alerting.windows import DAY, HOUR, MINUTE
from ddconf.document import Document
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench, referred
from ddconf.queries.monitors import Composite, EventAlert, FormulaAlert, MetricAlert, SloAlert
from ddconf.queries.tree import Expression, FormulaCall, Number, Series, all_series, calls

_MARGIN = 15 * MINUTE
"""Before a window; interpolation and functions such as `diff()` may look at it."""
_METRICS = ("metrics", "cloud_cost")


@dataclass(frozen=True, slots=True)
class LogNeed:
    """What a search finds in some indexes, in all of them if none is named."""

    search: str
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesNeed:
    """The values of a metric query."""

    query: Series


Need = LogNeed | SeriesNeed
NeedAndReach = tuple[Need, float]
"""What is needed, and how many seconds before an evaluation it begins."""


def needs_of(bench: AlertBench, address: str) -> Iterator[NeedAndReach]:
    """Of a monitor, and of the monitors and SLOs that it is made of.

    Raises Uncomputable for what no API tells, and DdconfError for a query that cannot be read.
    """
    if not address.startswith(f"{MONITOR}."):
        raise Uncomputable(f"the status of {address}")
    monitor = bench.monitor(address)
    window = monitor.window
    reach = window.window.seconds + window.delay + _MARGIN
    match monitor.query:
        case MetricAlert(change=change, expression=tree):
            yield from _of_expression(tree, reach + (change.ago.seconds if change else 0))
        case EventAlert(source="logs"):
            yield from ((need, reach) for need in log_needs(monitor))
        case FormulaAlert():
            yield from _of_formula(monitor, reach)
        case Composite():
            for part in bench.parts(address).values():
                yield from needs_of(bench, _defined(bench, part))
        case SloAlert():
            yield from _of_objective(bench, monitor.query)
        case EventAlert(source=source):
            raise Uncomputable(f"{source}, which are not asked for")
        case _:
            raise Uncomputable(f"a monitor of type {monitor.type}, whose data no API tells")


def _of_expression(tree: Expression, reach: float) -> Iterator[NeedAndReach]:
    back = 0.0
    for call in calls(tree):
        if call.function in MODELS:
            raise Uncomputable(f"{call.function}()")
        if call.function in SHIFTS:
            back = max(back, _shift(call))
    for series in all_series(tree):
        TimeAggregation.read(series)  # which refuses rollups that nobody can compute
        yield SeriesNeed(series), reach + back


def _shift(call: FormulaCall) -> float:
    """How far back a function looks; a shift by the calendar is a month at most."""
    if call.function == "calendar_shift":
        return 31 * DAY
    return seconds_back(call.function, [item.value for item in call.arguments if isinstance(item, Number)], 0)


def _of_formula(monitor: Monitor, reach: float) -> Iterator[NeedAndReach]:
    for variable in monitor.variables.values():
        source = variable.get("data_source")
        if source in _METRICS:
            yield from _of_expression(parse_metric(variable), reach)
        elif source == "logs":
            yield _of_variable(variable), reach
        else:
            raise Uncomputable(f"{source}, which are not asked for")


def _of_objective(bench: AlertBench, query: SloAlert) -> Iterator[NeedAndReach]:
    """A burn rate looks at its windows, an error budget at the whole timeframe."""
    address = _defined(bench, referred(query.slo.value))
    objective = Objective.read(bench.documents[address])
    asked = query.text("long_window") or query.text("over")
    reach = (seconds(asked) or HOUR) + _MARGIN
    for part in bench.parts(address).values():
        for need, own in needs_of(bench, _defined(bench, part)):
            yield need, own + reach
    for tree in objective.metric_queries:
        yield from _of_expression(tree, reach)


def log_needs(monitor: Monitor) -> Iterator[LogNeed]:
    """The searches over logs of a monitor's own query."""
    match monitor.query:
        case EventAlert(source="logs"):
            yield _logs(monitor.query.search.value, monitor.query.indexes)
        case FormulaAlert():
            for variable in monitor.variables.values():
                if variable.get("data_source") == "logs":
                    yield _of_variable(variable)


def _of_variable(variable: Document) -> LogNeed:
    search = str((variable.get("search") or {}).get("query") or "*")
    return _logs(search, tuple(map(str, variable.get("indexes") or ())))


def _logs(search: str, indexes: tuple[str, ...]) -> LogNeed:
    return LogNeed(search, () if "*" in indexes else indexes)


def _defined(bench: AlertBench, address: str) -> str:
    if address not in bench.documents:
        raise Uncomputable(f"the status of {address}, which is not defined here")
    return address
