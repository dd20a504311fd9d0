"""Datadog refuses it: `avg(last_5m):default_zero(avg:m{*}) > 5 with on_missing_data: resolve`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("missing-data-and-default-zero", Severity.ERROR)
def missing_data_and_default_zero(facts: Facts) -> Iterator[Finding]:
    """A query under default_zero() lacks no data, and the monitor says what to do without."""
    return facts.broken("missing-data-and-default-zero")
