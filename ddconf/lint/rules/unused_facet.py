"""Facets that nothing of the definitions names."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule


@rule("unused-facet", Severity.NOTE)
def unused_facet(facts: Facts) -> Iterator[Finding]:
    """A facet is named by no dashboard, monitor, metric or index; people may still search by it."""
    used = {use.attribute for use in facts.uses}
    for path, (address, _) in facts.facets.items():
        if path not in used:
            hint = "remove it, or waive this rule if people search by it"
            yield Finding(Place(address, ("path",)), f"nothing uses the facet '{path}'", hint)
