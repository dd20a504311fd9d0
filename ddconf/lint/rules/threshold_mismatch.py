"""Monitors whose query and options name different thresholds, which Datadog refuses."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("threshold-mismatch", Severity.ERROR)
def threshold_mismatch(facts: Facts) -> Iterator[Finding]:
    """The number in a monitor's query is not its critical threshold."""
    return facts.broken("threshold-mismatch")
