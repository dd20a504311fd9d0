"""Composites that wait for what their parts do not tell. https://docs.datadoghq.com/monitors/types/composite/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import targets_of
from ddconf.queries.monitor import MonitorBody


@rule("composite-no-data", Severity.WARNING)
def composite_no_data(facts: Facts) -> Iterator[Finding]:
    """A composite notifies of missing data and a part of it does not; both have to."""
    for address, monitor in facts.monitors.items():
        if monitor.type != "composite" or monitor.options.get("notify_no_data") is not True:
            continue
        for place, other in targets_of(address, monitor.document, ("query",)):
            part = facts.monitors.get(other)
            if part and not _tells(part):
                yield Finding(place, f"{other} does not notify of missing data", "both have to")


def _tells(monitor: MonitorBody) -> bool:
    chosen = monitor.options.get("on_missing_data")
    return chosen == "show_and_notify_no_data" or monitor.options.get("notify_no_data") is True
