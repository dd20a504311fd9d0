"""Datadog refuses it: `top(avg:system.load.1{*} by {host}, 10, 'avg', 'desc')`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("wrong-arguments", Severity.ERROR)
def wrong_arguments(facts: Facts) -> Iterator[Finding]:
    """A function gets an argument too few, too many or of the wrong kind."""
    return facts.broken("wrong-arguments")
