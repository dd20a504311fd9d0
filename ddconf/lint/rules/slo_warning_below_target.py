"""Datadog refuses it: `target: 99.9 with warning: 99.5`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("slo-warning-below-target", Severity.ERROR)
def slo_warning_below_target(facts: Facts) -> Iterator[Finding]:
    """The warning of an SLO lies below its target, so it comes too late."""
    return facts.broken("slo-warning-below-target")
