"""Monitors that are to renotify before they look again. https://docs.datadoghq.com/monitors/configuration/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rollups import window_of
from ddconf.lint.rules import rule

_DAY = 86_400


@rule("renotify-faster-than-evaluation", Severity.WARNING)
def renotify_faster_than_evaluation(facts: Facts) -> Iterator[Finding]:
    """A monitor is to renotify more often than it is evaluated."""
    for address, monitor in facts.monitors.items():
        window, minutes = window_of(monitor), monitor.number("renotify_interval")
        every = 30 if window >= 2 * _DAY else 10 if window >= _DAY else 1
        if minutes and minutes < every:
            place = Place(address, ("options", "renotify_interval"))
            message = f"a window this long is looked at every {every} minutes only"
            yield Finding(place, message, f"write {every} or more")
