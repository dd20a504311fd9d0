"""Warnings that cannot come. https://docs.datadoghq.com/monitors/configuration/#thresholds"""

from __future__ import annotations

import math
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.counts import is_count
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import EventAlert, MetricAlert


@rule("unreachable-warning", Severity.WARNING)
def unreachable_warning(facts: Facts) -> Iterator[Finding]:
    """No value of a monitor can reach its warning threshold without reaching the critical one."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        critical, warning = monitor.threshold("critical"), monitor.threshold("warning")
        if not isinstance(query, MetricAlert | EventAlert) or critical is None or warning is None:
            continue
        sign = 1 if query.comparison.comparator.startswith(">") else -1
        low, high = sign * warning, sign * critical
        if query.comparison.comparator in ("==", "!=") or low > high:
            continue
        if low == high or (is_count(query) and not _between(low, high, query.comparison.comparator)):
            place = Place(address, ("options", "thresholds", "warning"))
            message = f"no value lies between warning {warning:g} and critical {critical:g}"
            yield Finding(place, message, "counts are whole: leave more room" if low < high else "")


def _between(low: float, high: float, comparator: str) -> bool:
    """Whether a whole number warns and does not alert."""
    if len(comparator) == 1:
        return math.floor(low) + 1 <= high
    return math.ceil(low) < high
