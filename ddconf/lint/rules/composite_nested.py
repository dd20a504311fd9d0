"""Composites of composites. https://docs.datadoghq.com/monitors/types/composite/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.targets import targets_of


@rule("composite-nested", Severity.ERROR)
def composite_nested(facts: Facts) -> Iterator[Finding]:
    """A composite is made of another composite, which Datadog refuses."""
    for address, monitor in facts.monitors.items():
        if monitor.type == "composite":
            for place, other in targets_of(address, monitor.document, ("query",)):
                if other in facts.monitors and facts.monitors[other].type == "composite":
                    yield Finding(place, f"{other} is a composite itself", "write its monitors instead")
