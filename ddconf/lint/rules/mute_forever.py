"""Monitors muted without end. https://docs.datadoghq.com/monitors/downtimes/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("mute-forever", Severity.WARNING)
def mute_forever(facts: Facts) -> Iterator[Finding]:
    """A monitor is muted and nothing ends it."""
    for address, monitor in facts.monitors.items():
        silenced = monitor.options.get("silenced")
        if isinstance(silenced, dict) and "*" in silenced and silenced["*"] is None:
            place = Place(address, ("options", "silenced"))
            yield Finding(place, "the monitor is muted without an end", "define a downtime with an end")
