"""Datadog refuses it: `by {host} above, by {env} below`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("slo-different-groups", Severity.ERROR)
def slo_different_groups(facts: Facts) -> Iterator[Finding]:
    """Numerator and denominator of an SLO are split by different tags."""
    return facts.broken("slo-different-groups")
