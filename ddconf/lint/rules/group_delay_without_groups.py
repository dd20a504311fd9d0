"""Datadog refuses it: `new_group_delay: 300 with a query without by {...}`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("group-delay-without-groups", Severity.ERROR)
def group_delay_without_groups(facts: Facts) -> Iterator[Finding]:
    """A monitor waits for new groups and has none."""
    return facts.broken("group-delay-without-groups", removes=True)
