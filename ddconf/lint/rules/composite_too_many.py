"""Datadog refuses it: `1 && 2 && ... && 11`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("composite-too-many", Severity.ERROR)
def composite_too_many(facts: Facts) -> Iterator[Finding]:
    """A composite has more than ten monitors."""
    return facts.broken("composite-too-many")
