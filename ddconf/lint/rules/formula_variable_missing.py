"""Datadog refuses it: `formula("a / b") with the variable a alone`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("formula-variable-missing", Severity.ERROR)
def formula_variable_missing(facts: Facts) -> Iterator[Finding]:
    """The formula of a monitor or an SLO names a query that is not there."""
    return facts.broken("formula-variable-missing")
