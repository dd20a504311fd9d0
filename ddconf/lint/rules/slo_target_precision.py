"""Datadog refuses it: `target: 99.99999`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("slo-target-precision", Severity.ERROR)
def slo_target_precision(facts: Facts) -> Iterator[Finding]:
    """The target of an SLO has more decimals than Datadog keeps."""
    return facts.broken("slo-target-precision")
