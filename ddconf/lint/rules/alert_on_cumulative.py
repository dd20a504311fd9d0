"""Alerts on totals that only grow. https://docs.datadoghq.com/metrics/types/#metric-types"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.metric_types import MetricTypes
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import Series

_EVENTS = (
    "error|failure|exception|request|response|timeout|restart|retry|retrie|drop|crash|reject|event|message"
)
_TOTAL = re.compile(rf"(?:^|[._])(?:{_EVENTS})(?:e?s|ed)?[._]total$|_total$")
_GROWTH = ("as_count", "as_rate")


@rule("alert-on-cumulative", Severity.WARNING)
def alert_on_cumulative(facts: Facts) -> Iterator[Finding]:
    """A monitor compares a total that only grows, so it never recovers."""
    types = MetricTypes.of(facts)
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or query.change or not isinstance(query.expression, Series):
            continue
        series = query.expression
        grows = _TOTAL.search(series.metric) and types.of_metric(series.metric) in ("", "gauge")
        above = query.comparison.comparator.startswith(">")
        if grows and above and not any(map(series.method, _GROWTH)):
            start, end = series.metric_span
            place = Place(address, ("query",), start, end - start)
            message = f"{series.metric} looks like a total that only grows"
            yield Finding(
                place, message, "compare its growth: monotonic_diff(...), or .as_count() of a count"
            )
