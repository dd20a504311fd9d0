"""Datadog refuses it: `renotify_intervall: 60`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("unknown-option", Severity.ERROR)
def unknown_option(facts: Facts) -> Iterator[Finding]:
    """A monitor has an option that Datadog does not have."""
    return facts.broken("unknown-option")
