"""Alerts over a time that the SLO does not have."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import slo_findings


@rule("timeframe-not-in-slo", Severity.ERROR)
def timeframe_not_in_slo(facts: Facts) -> Iterator[Finding]:
    """An alert looks at a timeframe for which its SLO has no target."""
    return slo_findings(facts, "timeframe-not-in-slo")
