"""Datadog refuses it: `target: 100`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("slo-target-out-of-range", Severity.ERROR)
def slo_target_out_of_range(facts: Facts) -> Iterator[Finding]:
    """The target of an SLO is not between 0 and 100."""
    return facts.broken("slo-target-out-of-range")
