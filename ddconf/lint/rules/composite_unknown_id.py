"""Composites of monitors that nothing here knows. https://docs.datadoghq.com/monitors/types/composite/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import Composite


@rule("composite-unknown-id", Severity.WARNING)
def composite_unknown_id(facts: Facts) -> Iterator[Finding]:
    """A composite names a monitor by an id that no definition has."""
    for address, monitor in facts.monitors.items():
        for part in monitor.query.parts if isinstance(monitor.query, Composite) else ():
            if part.id.isdecimal() and part.id not in facts.adopted:
                place = Place(address, ("query",), part.span[0], part.span[1] - part.span[0])
                hint = "write ${monitor.NAME.id}"
                yield Finding(place, f"no definition is of monitor {part.id}", hint)
