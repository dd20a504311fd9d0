"""Burn rates that no SLO can reach. https://docs.datadoghq.com/service_level_objectives/burn_rate/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import slo_findings


@rule("burn-rate-unreachable", Severity.ERROR)
def burn_rate_unreachable(facts: Facts) -> Iterator[Finding]:
    """An alert waits for a burn rate that the target of its SLO makes impossible."""
    return slo_findings(facts, "burn-rate-unreachable")
