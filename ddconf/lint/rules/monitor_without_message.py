"""Monitors that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("monitor-without-message", Severity.WARNING)
def monitor_without_message(facts: Facts) -> Iterator[Finding]:
    """A monitor has no message, so an alert does not say what to do."""
    for address, document in facts.of_kind("monitor"):
        if not str(document.get("message") or "").strip():
            place = Place(address, ("message",) if "message" in document else ())
            yield Finding(place, "the monitor has no message", "say what happened and what to do first")
