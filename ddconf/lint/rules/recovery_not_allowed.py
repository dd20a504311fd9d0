"""Datadog refuses it: `an event-v2 alert with critical_recovery: 1`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("recovery-not-allowed", Severity.ERROR)
def recovery_not_allowed(facts: Facts) -> Iterator[Finding]:
    """A monitor of this type has no recovery thresholds."""
    return facts.broken("recovery-not-allowed", removes=True)
