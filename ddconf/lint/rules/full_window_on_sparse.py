"""Monitors that wait for windows that never fill. https://docs.datadoghq.com/monitors/configuration/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert
from ddconf.queries.tree import all_series


@rule("full-window-on-sparse", Severity.WARNING)
def full_window_on_sparse(facts: Facts) -> Iterator[Finding]:
    """A monitor of counts waits for a full window, so it is skipped whenever events are rare."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or monitor.options.get("require_full_window") is not True:
            continue
        if any(series.method("as_count") for series in all_series(query.expression)):
            place = Place(address, ("options", "require_full_window"))
            message = "require_full_window with counts: a minute without events is an empty bucket"
            yield Finding(place, message, "write require_full_window: false", fix=(place.path, False))
