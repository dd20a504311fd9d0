"""Averages of counts. https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import Series


@rule("avg-of-count", Severity.WARNING)
def avg_of_count(facts: Facts) -> Iterator[Finding]:
    """A monitor averages counts, which depends on how long an interval is; a sum is meant."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not (isinstance(query, MetricAlert) and isinstance(query.expression, Series)):
            continue
        method = query.expression.method("as_count")
        if query.aggregator == "avg" and query.change is None and method:
            place = Place(address, ("query",), method.span[0], method.span[1] - method.span[0])
            yield Finding(
                place, "the average of counts depends on the interval", f"write sum({query.window}):"
            )
