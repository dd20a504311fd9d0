"""Rollups that no window can hold. https://docs.datadoghq.com/dashboards/functions/rollup/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rollups import rollups
from ddconf.lint.rules import rule


@rule("rollup-longer-than-window", Severity.WARNING)
def rollup_longer_than_window(facts: Facts) -> Iterator[Finding]:
    """A monitor rolls its metric up to buckets that are longer than its window."""
    for address, window, rollup in rollups(facts):
        if rollup.seconds > window:
            place = Place(address, ("query",), rollup.start, rollup.length)
            message = f"a bucket of {rollup.seconds:g} seconds is longer than the window of {window}"
            yield Finding(place, message, "make the window longer or the rollup shorter")
