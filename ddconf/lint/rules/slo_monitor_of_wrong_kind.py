"""SLOs of monitors that they cannot use. https://docs.datadoghq.com/service_level_objectives/monitor/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import targets_of


@rule("slo-monitor-of-wrong-kind", Severity.ERROR)
def slo_monitor_of_wrong_kind(facts: Facts) -> Iterator[Finding]:
    """An SLO is made of a monitor whose type SLOs do not take."""
    for address, document in facts.of_kind("service_level_objective"):
        for place, other in targets_of(address, document, ("monitor_ids",)):
            monitor = facts.monitors.get(other)
            if monitor and not (monitor.is_metric or monitor.type in ("service check", "synthetics alert")):
                yield Finding(
                    place, f"{other} is a {monitor.type}", "metric, service check or synthetics monitors"
                )
