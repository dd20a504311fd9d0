"""Datadog refuses it: `.last(2) with critical: 3`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("service-check-last", Severity.ERROR)
def service_check_last(facts: Facts) -> Iterator[Finding]:
    """A service check looks at fewer runs than a threshold wants."""
    return facts.broken("service-check-last")
