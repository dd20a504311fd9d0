"""Monitors that miss data too soon. https://docs.datadoghq.com/monitors/configuration/#no-data"""

from __future__ import annotations

import math
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import MetricAlert


@rule("no-data-too-early", Severity.WARNING)
def no_data_too_early(facts: Facts) -> Iterator[Finding]:
    """A monitor misses data before twice its window has passed, so a late point is told as no data."""
    for address, monitor in facts.monitors.items():
        minutes = monitor.number("no_data_timeframe")
        if not (isinstance(monitor.query, MetricAlert) and minutes and monitor.options.get("notify_no_data")):
            continue
        least = 2 * monitor.query.window.seconds / 60
        if monitor.query.window.relation == "last" and minutes < least:
            place = Place(address, ("options", "no_data_timeframe"))
            message = f"no_data_timeframe {minutes:g} is less than twice {monitor.query.window}"
            yield Finding(place, message, f"write {least:g} or more", fix=(place.path, math.ceil(least)))
