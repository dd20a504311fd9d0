"""Datadog refuses it: `alert_window='last_15m' with trigger_window: last_5m`."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule


@rule("anomaly-windows", Severity.ERROR)
def anomaly_windows(facts: Facts) -> Iterator[Finding]:
    """The windows of an anomaly monitor do not fit one another."""
    return facts.broken("anomaly-windows")
