"""Datadog refuses it: `warning_recovery: 50 without warning`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("recovery-without-threshold", Severity.ERROR)
def recovery_without_threshold(facts: Facts) -> Iterator[Finding]:
    """A recovery threshold stands without the threshold from which it recovers."""
    return facts.broken("recovery-without-threshold", removes=True)
