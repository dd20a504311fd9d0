"""Datadog refuses it: `scope: prod AND service:web`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("malformed-scope", Severity.ERROR)
def malformed_scope(facts: Facts) -> Iterator[Finding]:
    """The scope of a downtime does not parse."""
    return facts.broken("malformed-scope")
