"""Datadog refuses it: `critical: 90 with critical_recovery: 95`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("recovery-beyond-threshold", Severity.ERROR)
def recovery_beyond_threshold(facts: Facts) -> Iterator[Finding]:
    """A monitor would recover beyond the threshold at which it alerts."""
    return facts.broken("recovery-beyond-threshold")
