"""Sums of counts that are averaged first. https://docs.datadoghq.com/metrics/custom_metrics/type_modifiers/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.metric_types import MetricTypes
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import all_series

_SUMS = ("as_count", "as_rate", "rollup")


@rule("count-without-modifier", Severity.WARNING)
def count_without_modifier(facts: Facts) -> Iterator[Finding]:
    """A monitor sums a count without .as_count(), so each bucket is averaged before."""
    types = MetricTypes.of(facts)
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or query.aggregator != "sum":
            continue
        for series in all_series(query.expression):
            if types.of_metric(series.metric) == "count" and not any(map(series.method, _SUMS)):
                start, end = series.metric_span
                place = Place(address, ("query",), start, end - start)
                message = f"{series.metric} is a count, and its buckets are averaged before the sum"
                yield Finding(place, message, "add .as_count()")
