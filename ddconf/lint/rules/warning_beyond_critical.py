"""Datadog refuses it: `query > 90 with warning: 95`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("warning-beyond-critical", Severity.ERROR)
def warning_beyond_critical(facts: Facts) -> Iterator[Finding]:
    """A warning threshold lies beyond the critical one."""
    return facts.broken("warning-beyond-critical")
