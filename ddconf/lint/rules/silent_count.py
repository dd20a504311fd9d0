"""Monitors for too few events. https://docs.datadoghq.com/monitors/configuration/#no-data"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.counts import is_count
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import EventAlert, MetricAlert


@rule("silent-count", Severity.WARNING)
def silent_count(facts: Facts) -> Iterator[Finding]:
    """A monitor for too few events says nothing when there are none."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert | EventAlert) or not is_count(query):
            continue
        too_few = query.comparison.comparator in ("<", "<=")
        if too_few and monitor.options.get("on_missing_data") == "show_no_data":
            place = Place(address, ("options", "on_missing_data"))
            message = "no event at all is shown as No Data and told to nobody"
            hint = "write default, which evaluates silence as 0"
            yield Finding(place, message, hint, fix=(place.path, "default"))
