"""Template variables that no widget uses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.dashboards import strings
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.shape import mappings


@rule("unused-template-variable", Severity.WARNING)
def unused_template_variable(facts: Facts) -> Iterator[Finding]:
    """A dashboard offers a template variable that none of its widgets uses."""
    for address, document in facts.of_kind("dashboard"):
        text = "\n".join(text for _, text in strings(document.get("widgets")) if "$" in text)
        for index, variable in mappings(document.get("template_variables")):
            name = str(variable.get("name"))
            if not re.search(rf"\${re.escape(name)}(?!\w)", text):
                place = Place(address, ("template_variables", index, "name"))
                yield Finding(place, f"no widget uses the template variable ${name}", "use it, or remove it")
