"""Groups, distinct counts and template variables without a facet."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import RESERVED, is_standard
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar
from ddconf.lint.uses import Role, first_uses

_NEEDY = (Role.GROUP, Role.DISTINCT, Role.VARIABLE)


@rule("missing-facet", Severity.WARNING)
def missing_facet(facts: Facts) -> Iterator[Finding]:
    """Logs are grouped by, counted by or filtered by an attribute that has no facet."""
    if not facts.facets:
        return
    for use in first_uses(use for use in facts.uses if use.role in _NEEDY):
        name, (_, facet) = use.attribute, facts.facets.get(use.attribute, (None, None))
        if facet is None and name not in RESERVED and not is_standard(name):
            hint = similar(name, facts.facets, "define a logs_facet for it", mark="@")
            yield Finding(use.place, f"@{name} has no facet, and this {use.role} it", hint)
        elif facet is not None and facet.get("facetType") == "range" and use.role is Role.GROUP:
            message = f"@{name} is a measure: logs cannot be grouped by it"
            yield Finding(use.place, message, "make it a facet: facetType list")
