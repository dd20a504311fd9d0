"""A monitor as its definition or the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddconf.alerting.events import counts_silence
from ddconf.alerting.missing import MissingData
from ddconf.alerting.rules import StatusRules, new_group_delay, retention
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.uncomputable import Uncomputable
from ddconf.alerting.windows import MINUTE, EvaluationWindow, Starts
from ddconf.document import JSON, Document
from ddconf.queries import parse_metric_query, parse_monitor_query
from ddconf.queries.monitors import (
    Chain,
    Composite,
    EventAlert,
    FormulaAlert,
    MetricAlert,
    MonitorQuery,
    ServiceCheck,
)
from ddconf.queries.tree import Arithmetic, Expression, Number, all_series, calls, groups, nodes
from ddconf.queries.windows import Duration, Window

_MINUTE = Duration(1, "m")


@dataclass(frozen=True)
class Monitor:
    type: str
    query: MonitorQuery
    name: str = ""
    message: str = ""
    options: Mapping[str, JSON] = field(default_factory=dict)
    priority: int | None = None
    tags: tuple[str, ...] = ()
    draft: bool = False

    @classmethod
    def read(cls, document: Document) -> Monitor:
        """From a body of the API. Raises QueryError."""
        kind = str(document.get("type") or "query alert")
        return cls(
            kind,
            parse_monitor_query(str(document.get("query") or ""), kind),
            str(document.get("name") or ""),
            str(document.get("message") or ""),
            document.get("options") or {},
            document.get("priority"),
            tuple(document.get("tags") or ()),
            document.get("draft_status") == "draft",
        )

    @property
    def window(self) -> EvaluationWindow:
        """A minute for monitors whose query names none."""
        starts = Starts.read(self.options.get("scheduling_options"))
        delay = float(self.options.get("evaluation_delay") or 0)
        return EvaluationWindow(window_of(self.query), delay, starts)

    @property
    def groups(self) -> tuple[str, ...]:
        """The tags and facets by which the query is split."""
        match self.query:
            case MetricAlert():
                return groups(self.query.expression)
            case FormulaAlert() if not self.query.groups:
                return tuple(dict.fromkeys(key for item in self.variables.values() for key in _split(item)))
            case Chain():
                return tuple(name for name in self.query.groups if name != "*")
        return ()

    @property
    def variables(self) -> dict[str, Document]:
        """The queries of a formula, by name."""
        listed = self.options.get("variables") or []
        return {str(item.get("name")): item for item in listed}

    @property
    def thresholds(self) -> Thresholds | None:
        """None for monitors whose query compares nothing."""
        comparison = getattr(self.query, "comparison", None)
        if comparison is None:
            return None
        thresholds = self.options.get("thresholds") or {}
        critical = comparison.threshold if comparison.threshold is not None else thresholds.get("critical")
        if critical is None:
            raise Uncomputable("a threshold that is a query")
        is_anomaly = isinstance(self.query, MetricAlert) and any(
            call.function == "anomalies" for call in calls(self.query.expression)
        )
        return Thresholds.read(comparison.comparator, critical, thresholds, recovers_at=is_anomaly)

    @property
    def is_count(self) -> bool:
        """Is nothing at all the value 0? Not in a division, and not under `default_zero()`."""
        match self.query:
            case EventAlert():
                return counts_silence(self.query.aggregation)
            case FormulaAlert():
                return not _divides(self.query.expression) and all(
                    _counts(item) for item in self.variables.values()
                )
            case MetricAlert():
                tree = self.query.expression
                has_zeros = any(call.function == "default_zero" for call in calls(tree))
                counts = any(series.method("as_count") for series in all_series(tree))
                return counts and not has_zeros and not _divides(tree)
        return False

    @property
    def missing(self) -> MissingData:
        window = MINUTE if isinstance(self.query, ServiceCheck) else self.window.window.seconds
        return MissingData.read(self.options, window, is_count=self.is_count)

    @property
    def tells_no_data(self) -> bool:
        if isinstance(self.query, Composite):
            return bool(self.options.get("notify_no_data"))
        return self.missing.notifies

    @property
    def rules(self) -> StatusRules:
        schedule = (self.options.get("scheduling_options") or {}).get("custom_schedule")
        delayed = isinstance(self.query, MetricAlert | EventAlert | FormulaAlert)
        return StatusRules(
            self.thresholds,
            self.missing,
            new_group_delay(self.options, self.groups) if delayed else 0,
            retention(self.options, self.type, self.groups),
            bool(schedule),
        )


def window_of(query: MonitorQuery) -> Window:
    if isinstance(query, MetricAlert):
        return query.window
    length = query.window if isinstance(query, EventAlert | FormulaAlert) else None
    return Window("last", length or _MINUTE)


def _split(variable: Document) -> tuple[str, ...]:
    """By what a variable is split."""
    if variable.get("data_source") in ("metrics", "cloud_cost"):
        return groups(parse_metric(variable))
    return tuple(str(item.get("facet")) for item in variable.get("group_by") or ())


def parse_metric(variable: Document) -> Expression:
    """The metric query of a formula's variable."""
    return parse_metric_query(str(variable.get("query") or ""))


def _counts(variable: Document) -> bool:
    if variable.get("data_source") in ("metrics", "cloud_cost"):
        return any(series.method("as_count") for series in all_series(parse_metric(variable)))
    return counts_silence(str((variable.get("compute") or {}).get("aggregation") or "count"))


def _divides(tree: Expression) -> bool:
    """By something that may be nothing."""
    return any(
        isinstance(node, Arithmetic) and node.operator == "/" and not isinstance(node.right, Number)
        for node in nodes(tree)
    )
