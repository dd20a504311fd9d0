"""Datadog refuses it: `numerator: avg:http.latency{*}`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("slo-not-counted", Severity.ERROR)
def slo_not_counted(facts: Facts) -> Iterator[Finding]:
    """A metric SLO divides what is not counted."""
    return facts.broken("slo-not-counted")
