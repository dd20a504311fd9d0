"""Datadog refuses it: `avg:system.load.1{env:prod AND !host:a} mixes words and symbols`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("malformed-metric-query", Severity.ERROR)
def malformed_metric_query(facts: Facts) -> Iterator[Finding]:
    """A metric query, a formula or the query of a monitor does not parse."""
    return facts.broken("malformed-metric-query")
