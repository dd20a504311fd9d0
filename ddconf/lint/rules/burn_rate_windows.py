"""Datadog refuses it: `.long_window("1h").short_window("2h")`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("burn-rate-windows", Severity.ERROR)
def burn_rate_windows(facts: Facts) -> Iterator[Finding]:
    """The windows of a burn rate alert do not fit one another."""
    return facts.broken("burn-rate-windows")
