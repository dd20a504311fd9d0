"""Monitors that wait in two ways. https://docs.datadoghq.com/monitors/configuration/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import REMOVE, Finding, Place
from ddconf.lint.rules import rule


@rule("both-delays", Severity.WARNING)
def both_delays(facts: Facts) -> Iterator[Finding]:
    """A monitor waits for new hosts and for new groups; only one of the two counts."""
    for address, monitor in facts.monitors.items():
        if monitor.number("new_host_delay") and monitor.number("new_group_delay"):
            place = Place(address, ("options", "new_host_delay"))
            hint = "remove it: new_group_delay is for hosts too"
            yield Finding(place, "new_host_delay beside new_group_delay", hint, fix=(place.path, REMOVE))
