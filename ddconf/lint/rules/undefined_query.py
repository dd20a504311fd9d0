"""Formulas that name a query which is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ddconf.document import get
from ddconf.errors import Severity
from ddconf.lint.dashboards import requests_of
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar

_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*(?!\w*\s*\()")


@rule("undefined-query", Severity.WARNING)
def undefined_query(facts: Facts) -> Iterator[Finding]:
    """A formula of a widget names a query that the request does not have."""
    for address, document in facts.of_kind("dashboard"):
        for path, request in requests_of(document):
            names = [get(query, ("name",)) for query in request["queries"]]
            if not all(isinstance(name, str) for name in names):
                continue  # Datadog names them itself
            for index, formula in enumerate(request["formulas"]):
                text = str(get(formula, ("formula",), ""))
                bare = _QUOTED.sub(lambda match: " " * len(match[0]), text)
                for match in _NAME.finditer(bare):
                    if match[0] not in names:
                        steps = (*path, "formulas", index, "formula")
                        place = Place(address, steps, match.start(), len(match[0]))
                        yield Finding(place, f"there is no query '{match[0]}'", similar(match[0], names))
