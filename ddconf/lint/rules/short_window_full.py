"""Full windows of one bucket. https://docs.datadoghq.com/monitors/configuration/#advanced-alert-conditions"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert

_BUCKET_SECONDS = 60


@rule("short-window-full", Severity.NOTE)
def short_window_full(facts: Facts) -> Iterator[Finding]:
    """A monitor waits for a full window, and the window has one bucket."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        full = monitor.options.get("require_full_window") is True
        if full and isinstance(query, MetricAlert) and query.window.seconds <= _BUCKET_SECONDS:
            place = Place(address, ("options", "require_full_window"))
            message = f"{query.window} is full or empty: it has one bucket"
            yield Finding(place, message, "remove the option, or take a longer window")
