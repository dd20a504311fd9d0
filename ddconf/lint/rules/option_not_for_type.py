"""Datadog refuses it: `a composite with on_missing_data: resolve`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("option-not-for-type", Severity.ERROR)
def option_not_for_type(facts: Facts) -> Iterator[Finding]:
    """A monitor has an option that its type does not have."""
    return facts.broken("option-not-for-type", removes=True)
