"""The body of a monitor with its query read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ddconf.document import Document
from ddconf.pipelines.query import QueryError
from ddconf.queries.monitor_reader import read_monitor_query
from ddconf.queries.monitors import EventAlert, FormulaAlert, MetricAlert, MonitorQuery, ServiceCheck
from ddconf.queries.sources import METRIC_TYPES
from ddconf.queries.tree import groups
from ddconf.queries.variables import variable_groups


@dataclass(frozen=True, slots=True)
class MonitorBody:
    """A monitor's body; `query` is None where its text does not parse."""

    document: Document
    type: str
    options: Document
    query: MonitorQuery | None

    @property
    def is_metric(self) -> bool:
        return self.type in METRIC_TYPES

    @property
    def groups(self) -> tuple[str, ...] | None:
        """The tags by which the monitor splits; None where that is not known."""
        match self.query:
            case MetricAlert(expression=expression):
                return groups(expression)
            case EventAlert() | ServiceCheck():
                return self.query.groups
            case FormulaAlert():
                return self.query.groups or variable_groups(self.options.get("variables"))
        return None

    @property
    def variables(self) -> list[Any]:
        """The queries beside a formula."""
        variables = self.options.get("variables")
        return variables if isinstance(variables, list) else []

    def number(self, name: str) -> float | None:
        """An option that is a number."""
        return number(self.options.get(name))

    def threshold(self, name: str) -> float | None:
        """One of the thresholds, where it is a number."""
        thresholds = self.options.get("thresholds")
        return number(thresholds.get(name)) if isinstance(thresholds, dict) else None


def number(value: Any) -> float | None:
    """The value if it is a number, and none of true and false."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def monitor_of(document: Document) -> MonitorBody:
    """The body with its query read; what cannot be read is None."""
    type, options = str(document.get("type", "")), document.get("options")
    try:
        query = read_monitor_query(str(document.get("query", "")), type)
    except QueryError:
        query = None
    return MonitorBody(document, type, options if isinstance(options, dict) else {}, query)
