"""Datadog refuses it: `logs("status:error").rollup("count").last("5min") > 5`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("invalid-window", Severity.ERROR)
def invalid_window(facts: Facts) -> Iterator[Finding]:
    """A monitor looks at a time that its type does not allow."""
    return facts.broken("invalid-window")
