"""Monitors that are there twice."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("duplicate-monitor", Severity.WARNING)
def duplicate_monitor(facts: Facts) -> Iterator[Finding]:
    """Two monitors have the same query; Datadog refuses one whose name and message are the same, too."""
    seen: dict[tuple[str, str], str] = {}
    for address, monitor in facts.monitors.items():
        if monitor.query is None or monitor.type in ("composite", "synthetics alert"):
            continue
        key = (monitor.type, str(monitor.document["query"]))
        if key in seen:
            message = f"monitor.{seen[key]} asks the same"
            yield Finding(
                Place(address, ("query",)), message, "one of them is enough: give it both recipients"
            )
        seen.setdefault(key, address.name)
