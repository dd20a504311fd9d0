"""Numbers on dashboards shown in a unit that is not the measure's."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.document import Document, get
from ddconf.errors import Severity
from ddconf.lint.dashboards import requests_of
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.shape import mappings
from ddconf.lint.units import family
from ddconf.lint.uses import Role, role_of

COUNT = "count"
_BUILT_IN = {"duration": "nanosecond", "network.bytes_read": "byte", "network.bytes_written": "byte"}
_NAME = re.compile(r"[A-Za-z_]\w*(?!\w*\s*\()")


@rule("unit-mismatch", Severity.WARNING)
def unit_mismatch(facts: Facts) -> Iterator[Finding]:
    """A formula is shown in a unit that the measure it is made of does not have."""
    for address, document in facts.of_kind("dashboard"):
        for path, request in requests_of(document):
            units = {str(query.get("name")): _unit(facts, query) for _, query in mappings(request["queries"])}
            for index, formula in enumerate(request["formulas"]):
                place = Place(address, (*path, "formulas", index, "number_format", "unit", "unit_name"))
                shown = get(formula, ("number_format", "unit", "unit_name"))
                text = str(get(formula, ("formula",), ""))
                if isinstance(shown, str) and (unit := _of_formula(text, units)):
                    yield from _compare(place, shown, unit, text.strip() in units)


def _unit(facts: Facts, query: Document) -> str:
    """The unit of a query's result; `count` for numbers of logs, empty where it is not known."""
    if query.get("data_source") != "logs":
        return ""
    aggregation = str(get(query, ("compute", "aggregation"), "count"))
    measure = str(get(query, ("compute", "metric")) or "").removeprefix("@")
    if aggregation == COUNT or role_of(aggregation) is not Role.MEASURE:
        return COUNT if aggregation in (COUNT, "cardinality") else ""
    own = get(facts.facets[measure][1], ("unit", "name")) if measure in facts.facets else None
    return str(own or _BUILT_IN.get(measure, ""))


def _of_formula(text: str, units: dict[str, str]) -> str:
    """The unit of what a formula is made of; empty where several units, or a ratio, leave it open."""
    names = [name for name in _NAME.findall(text) if name in units]
    if len(names) > 1 and re.search(r"[*/]", text):
        return ""
    found = {units[name] for name in names}
    return found.pop() if len(found) == 1 else ""


def _compare(place: Place, shown: str, unit: str, alone: bool) -> Iterator[Finding]:
    """`alone` says that the formula is the query itself, whose unit nothing changes."""
    if unit == COUNT:
        if alone and family(shown) in ("bytes", "time"):
            yield Finding(place, f"a number of logs is shown in {shown}s", "remove the unit")
    elif family(unit) and family(shown) and family(unit) != family(shown):
        yield Finding(place, f"the measure is in {unit}s and is shown in {shown}s", f"write {unit}")
    elif alone and family(unit) and unit != shown and family(shown):
        hint = f"write {unit}: Datadog scales it by itself"
        yield Finding(place, f"the measure is in {unit}s and is shown as if in {shown}s", hint)
