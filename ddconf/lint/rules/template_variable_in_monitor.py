"""Datadog refuses it: `avg(last_5m):avg:system.load.1{$env} > 4`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("template-variable-in-monitor", Severity.ERROR)
def template_variable_in_monitor(facts: Facts) -> Iterator[Finding]:
    """The query of a monitor uses a template variable, which only dashboards have."""
    return facts.broken("template-variable-in-monitor")
