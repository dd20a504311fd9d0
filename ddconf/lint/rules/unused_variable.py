"""Queries that no formula names. https://docs.datadoghq.com/monitors/types/log/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import get
from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.queries.monitors import FormulaAlert
from ddconf.queries.variables import names_in


@rule("unused-variable", Severity.NOTE)
def unused_variable(facts: Facts) -> Iterator[Finding]:
    """A query of a monitor is named by no formula."""
    for address, monitor in facts.monitors.items():
        if isinstance(monitor.query, FormulaAlert):
            used = names_in(monitor.query.expression)
            for index, variable in enumerate(monitor.variables):
                name = get(variable, ("name",))
                if isinstance(name, str) and name not in used:
                    place = Place(address, ("options", "variables", index, "name"))
                    yield Finding(place, f"the formula does not name {name}", "remove the query")
