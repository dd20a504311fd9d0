"""Monitors whose query and options name different thresholds, which Datadog refuses."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.log_monitors import threshold
from ddconf.lint.rules import rule


@rule("threshold-mismatch", Severity.ERROR)
def threshold_mismatch(facts: Facts) -> Iterator[Finding]:
    """The number in a monitor's query is not its critical threshold."""
    for address, document in facts.of_kind("monitor"):
        path = ("options", "thresholds", "critical")
        critical, found = get(document, path), threshold(str(document.get("query", "")))
        if found and isinstance(critical, int | float) and critical != found[0]:
            message = f"the query compares with {found[1][0]}, the critical threshold is {critical}"
            yield Finding(Place(address, path), message, "Datadog refuses a monitor whose numbers differ")
