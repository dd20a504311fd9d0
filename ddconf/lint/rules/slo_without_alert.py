"""SLOs that nobody hears of. https://docs.datadoghq.com/service_level_objectives/burn_rate/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.targets import targets_of


@rule("slo-without-alert", Severity.NOTE)
def slo_without_alert(facts: Facts) -> Iterator[Finding]:
    """No monitor watches the error budget or burn rate of an SLO."""
    watched = {
        other
        for address, monitor in facts.monitors.items()
        if monitor.type == "slo alert"
        for _, other in targets_of(address, monitor.document, ("query",))
    }
    for address, _ in facts.of_kind("service_level_objective"):
        if address not in watched:
            hint = "add a monitor of type slo alert"
            yield Finding(Place(address), "no monitor watches this SLO", hint)
