"""Rollups in monitors. https://docs.datadoghq.com/monitors/guide/as-count-in-monitor-evaluations/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rollups import rollups
from ddconf.lint.rules import rule


@rule("rollup-in-monitor", Severity.WARNING)
def rollup_in_monitor(facts: Facts) -> Iterator[Finding]:
    """A monitor rolls its metric up, so the first and last buckets of its window are cut."""
    for address, window, rollup in rollups(facts):
        if rollup.seconds <= window:
            place = Place(address, ("query",), rollup.start, rollup.length)
            message = "a rollup in a monitor: its buckets do not begin where the window does"
            yield Finding(place, message, "leave it out, or make the window a multiple of it and much longer")
