"""Datadog refuses it: `renotify_occurrences: 3 without renotify_interval`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("renotify-without-interval", Severity.ERROR)
def renotify_without_interval(facts: Facts) -> Iterator[Finding]:
    """A monitor says how to renotify and not how often."""
    return facts.broken("renotify-without-interval")
