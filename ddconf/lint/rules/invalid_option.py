"""Datadog refuses it: `timeout_h: 60`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("invalid-option", Severity.ERROR)
def invalid_option(facts: Facts) -> Iterator[Finding]:
    """An option of a monitor has a value that Datadog refuses."""
    return facts.broken("invalid-option")
