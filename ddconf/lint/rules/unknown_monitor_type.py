"""Datadog refuses it: `type: logs alert`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("unknown-monitor-type", Severity.ERROR)
def unknown_monitor_type(facts: Facts) -> Iterator[Finding]:
    """A monitor has a type that Datadog does not have."""
    return facts.broken("unknown-monitor-type")
