"""Monitors that say twice what missing data means. https://docs.datadoghq.com/monitors/configuration/#no-data"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("two-no-data-ways", Severity.WARNING)
def two_no_data_ways(facts: Facts) -> Iterator[Finding]:
    """A monitor says in two ways what missing data means; which one wins is not documented."""
    for address, monitor in facts.monitors.items():
        chosen = monitor.options.get("on_missing_data")
        if chosen not in (None, "default") and monitor.options.get("notify_no_data") is True:
            place = Place(address, ("options", "notify_no_data"))
            yield Finding(place, f"notify_no_data beside on_missing_data: {chosen}", "keep on_missing_data")
