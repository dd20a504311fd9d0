"""Datadog refuses it: `avg(current_1d):... without scheduling_options.evaluation_window`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("current-without-window", Severity.ERROR)
def current_without_window(facts: Facts) -> Iterator[Finding]:
    """A cumulative window stands without its evaluation window, or the reverse."""
    return facts.broken("current-without-window")
