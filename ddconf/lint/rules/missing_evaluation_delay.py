"""Monitors of metrics that come late. https://docs.datadoghq.com/monitors/configuration/#advanced-alert-conditions"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import all_series

_CLOUDS = ("aws.", "azure.", "gcp.", "google.")


@rule("missing-evaluation-delay", Severity.WARNING)
def missing_evaluation_delay(facts: Facts) -> Iterator[Finding]:
    """A monitor of a cloud provider's metrics does not wait for them, and they come late."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or monitor.options.get("evaluation_delay") is not None:
            continue
        for series in all_series(query.expression):
            if series.metric.startswith(_CLOUDS):
                start, end = series.metric_span
                place = Place(address, ("query",), start, end - start)
                cloud = series.metric.split(".")[0]
                message, hint = f"metrics of {cloud} come minutes late", "write evaluation_delay: 900"
                yield Finding(place, message, hint, fix=(("options", "evaluation_delay"), 900))
                break
