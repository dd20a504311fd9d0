"""Facets whose type is not that of the attribute."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.writes import NUMBERS


@rule("facet-type", Severity.WARNING)
def facet_type(facts: Facts) -> Iterator[Finding]:
    """A facet is for numbers and the pipelines write text, or a measure is declared as text."""
    for path, (address, facet) in facts.facets.items():
        type_, place = str(facet.get("type", "string")), Place(address, ("type",))
        written = facts.types(path)
        if facet.get("facetType") == "range" and type_ not in NUMBERS:
            yield Finding(place, f"a measure must be a number, and this one is {type_}", "integer or double")
        elif type_ in NUMBERS and written and not written & NUMBERS:
            message = (
                f"the facet is for {type_}s, but pipelines write @{path} as {' or '.join(sorted(written))}"
            )
            yield Finding(place, message, "convert it in the pipeline, or make the facet a string")
