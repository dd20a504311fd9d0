"""Datadog refuses it: `custom_schedule without on_missing_data`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("schedule-without-missing-data", Severity.ERROR)
def schedule_without_missing_data(facts: Facts) -> Iterator[Finding]:
    """A monitor with a custom schedule does not say what missing data means."""
    return facts.broken("schedule-without-missing-data")
