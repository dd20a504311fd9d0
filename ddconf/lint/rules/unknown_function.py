"""Datadog refuses it: `.rolup(sum, 60)`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("unknown-function", Severity.ERROR)
def unknown_function(facts: Facts) -> Iterator[Finding]:
    """A query calls a function or a method that Datadog does not have."""
    return facts.broken("unknown-function")
