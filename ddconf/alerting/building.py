"""From a monitor and its data to the source of its statuses."""

from __future__ import annotations

from ddconf.alerting.check_source import CheckSource
from ddconf.alerting.choices import Choices
from ddconf.alerting.data import Data
from ddconf.alerting.events import EventQuestion, EventSource
from ddconf.alerting.metrics.evaluate import QueryInputs
from ddconf.alerting.metrics.source import MetricQuestion, MetricSource
from ddconf.alerting.monitor import Monitor, parse_metric
from ddconf.alerting.objective import Objective
from ddconf.alerting.service_checks import RunThresholds
from ddconf.alerting.slo_source import SloSource, seconds
from ddconf.alerting.sources import CompositeSource, FormulaSource, GroupSource, StatedSource
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import Span, every
from ddconf.document import Document
from ddconf.queries.monitors import (
    Composite,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    ServiceCheck,
    SloAlert,
)

_METRICS = ("metrics", "cloud_cost")
_ONLY_ONLINE = {
    "cost alert": "cloud cost",
    "data-quality alert": "data quality",
    "data-jobs alert": "runs of data jobs",
    "synthetics alert": "Synthetic tests",
}


def source_of(monitor: Monitor, data: Data, run: Span, choices: Choices) -> GroupSource:
    """Raises Uncomputable for what only Datadog can compute, unless the data state its values."""
    if data.stated is not None:
        return StatedSource(data.stated)
    if monitor.type in _ONLY_ONLINE:
        raise Uncomputable(_ONLY_ONLINE[monitor.type])
    match monitor.query:
        case MetricAlert():
            return _of_metrics(monitor, monitor.query, data, run, choices)
        case EventAlert():
            return _of_events(monitor, monitor.query, data, choices)
        case FormulaAlert():
            return _of_formula(monitor, monitor.query, data, run, choices)
        case ServiceCheck():
            thresholds = RunThresholds.read(monitor.options.get("thresholds") or {})
            return CheckSource(monitor.query, data.checks, thresholds)
        case Composite():
            return _of_parts(monitor, monitor.query, data)
        case SloAlert():
            return _of_objective(monitor.query, data, run)
    raise Uncomputable(f"a monitor of type {monitor.type}")


def _of_metrics(
    monitor: Monitor, query: MetricAlert, data: Data, run: Span, choices: Choices
) -> MetricSource:
    question = MetricQuestion(
        query.expression,
        query.aggregator,
        monitor.window,
        query.change,
        bool(monitor.options.get("require_full_window")),
        choices.interval,
    )
    return MetricSource(question, QueryInputs(data.series), run, every(monitor.window.window))


def _of_events(monitor: Monitor, query: EventAlert, data: Data, choices: Choices) -> EventSource:
    for method in ("new", "impact"):
        if query.method(method):
            raise Uncomputable(f".{method}() of error tracking")
    question = EventQuestion(
        query.search.value,
        monitor.window,
        query.aggregation,
        query.measure,
        query.groups,
        not choices.silent_log_group_is_zero and query.comparison.comparator in ("<", "<="),
    )
    return EventSource(question, data.events.get(query.source, ()))


def _of_formula(
    monitor: Monitor, query: FormulaAlert, data: Data, run: Span, choices: Choices
) -> GroupSource:
    for method in ("anomaly", "forecast", "change"):
        if query.method(method):
            raise Uncomputable(f".{method}()")
    variables = monitor.variables
    if all(item.get("data_source") in _METRICS for item in variables.values()):
        question = MetricQuestion(
            query.expression,
            query.text("rollup") or "avg",
            monitor.window,
            full_window=bool(monitor.options.get("require_full_window")),
            interval=choices.interval,
        )
        queries = {name: parse_metric(item) for name, item in variables.items()}
        return MetricSource(question, QueryInputs(data.series, queries), run, every(monitor.window.window))
    sources = {name: _of_variable(monitor, item, data) for name, item in variables.items()}
    return FormulaSource(query.expression, sources)


def _of_variable(monitor: Monitor, variable: Document, data: Data) -> EventSource:
    kind = str(variable.get("data_source"))
    if kind in _METRICS:
        raise Uncomputable("a formula over metrics and events at once")
    compute = variable.get("compute") or {}
    question = EventQuestion(
        str((variable.get("search") or {}).get("query") or "*"),
        monitor.window,
        str(compute.get("aggregation") or "count"),
        compute.get("metric"),
        tuple(str(item.get("facet")) for item in variable.get("group_by") or ()),
    )
    return EventSource(question, data.events.get(kind, ()))


def _of_parts(monitor: Monitor, query: Composite, data: Data) -> CompositeSource:
    unknown = sorted({part.id for part in query.parts} - data.parts.keys())
    if unknown:
        raise Uncomputable(f"the status of monitor {', '.join(unknown)}")
    histories = {id: part.history for id, part in data.parts.items()}
    return CompositeSource(query, histories, monitor.tells_no_data)


def _of_objective(query: SloAlert, data: Data, run: Span) -> SloSource:
    id = query.slo.value
    if id not in data.slos:
        raise Uncomputable(f"the status of SLO {id}")
    objective = Objective.read(data.slos[id])
    timeframe = query.text("over") or ""
    if timeframe not in objective.targets:
        raise Uncomputable(f"SLO {id} over {timeframe}, a timeframe that it does not have")
    tallies = objective.tallies(data, run, data.corrections.get(id, ()))
    return SloSource(
        objective.targets[timeframe],
        tallies,
        seconds(timeframe) or 0,
        seconds(query.text("long_window")),
        seconds(query.text("short_window")),
    )
