"""Heartbeats that nobody misses. https://docs.datadoghq.com/monitors/configuration/#no-data"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.counts import is_count
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitor import MonitorBody
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import calls


@rule("no-data-never", Severity.NOTE)
def no_data_never(facts: Facts) -> Iterator[Finding]:
    """A monitor of a heartbeat keeps its last status when the heartbeat stops."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or query.change or is_count(query) or _misses_data(monitor):
            continue
        comparator, threshold = query.comparison.comparator, query.comparison.threshold
        # A metric that is 1 while all is well stops with what sends it, and hardly ever tells of a 0.
        is_heartbeat = (comparator, threshold) in (("<", 1), ("<=", 0))
        zero = any(call.function == "default_zero" for call in calls(query.expression))
        if is_heartbeat and not zero:
            start, end = query.comparison.span
            place = Place(address, ("query",), start, end - start)
            hint = "write on_missing_data: show_and_notify_no_data"
            yield Finding(place, "without data the monitor keeps its last status", hint)


def _misses_data(monitor: MonitorBody) -> bool:
    chosen = monitor.options.get("on_missing_data")
    return chosen not in (None, "default") or monitor.options.get("notify_no_data") is True
