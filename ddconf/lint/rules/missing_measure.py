"""Sums, averages and percentiles of what is not a measure."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import is_standard
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar
from ddconf.lint.uses import Role, first_uses


@rule("missing-measure", Severity.ERROR)
def missing_measure(facts: Facts) -> Iterator[Finding]:
    """A widget or monitor computes with an attribute that has no facet of type range, a measure."""
    measures = [path for path, (_, facet) in facts.facets.items() if facet.get("facetType") == "range"]
    for use in first_uses(use for use in facts.uses if use.role is Role.MEASURE):
        name = use.attribute
        if name in facts.facets and name not in measures:
            hint = "set facetType: range, and type integer or double"
            yield Finding(use.place, f"@{name} is a facet and no measure, so it has no sum or average", hint)
        elif facts.facets and name not in facts.facets and not is_standard(name):
            hint = similar(name, measures, "define a logs_facet with facetType: range for it", mark="@")
            yield Finding(use.place, f"@{name} is not a measure, so it has no sum or average", hint)
