"""Datadog refuses it: `timeframe: 14d`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("invalid-slo", Severity.ERROR)
def invalid_slo(facts: Facts) -> Iterator[Finding]:
    """A part of an SLO is missing or has a value that Datadog refuses."""
    return facts.broken("invalid-slo")
