"""Template variables in queries that the dashboard does not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.dashboards import strings
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.shape import mappings
from ddconf.lint.similar import similar

_QUERIES = ("query", "query_string", "q")
_VARIABLE = re.compile(r"\$([A-Za-z_]\w*)")


@rule("undeclared-template-variable", Severity.WARNING)
def undeclared_template_variable(facts: Facts) -> Iterator[Finding]:
    """A query of a dashboard uses a template variable that the dashboard does not have."""
    for address, document in facts.of_kind("dashboard"):
        names = [str(item.get("name")) for _, item in mappings(document.get("template_variables"))]
        for path, text in strings(document.get("widgets"), ("widgets",)):
            if path[-1] not in _QUERIES:
                continue
            for match in _VARIABLE.finditer(text):
                if not any(text.startswith(name, match.start(1)) for name in names):
                    place = Place(address, path, match.start(), len(match[0]))
                    hint = similar(match[1], names, "declare it under template_variables", mark="$")
                    yield Finding(place, f"the dashboard has no template variable {match[0]}", hint)
