"""Searches in an index that is not defined."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.indexes import KIND, known_names
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar


@rule("unknown-index", Severity.WARNING)
def unknown_index(facts: Facts) -> Iterator[Finding]:
    """A widget or monitor searches in a log index that the definitions do not have."""
    if not any(facts.of_kind(KIND)):
        return
    known = known_names(facts)
    for query in facts.queries:
        for name, place in query.indexes:
            if name not in known and name != "*" and "$" not in name:
                hint = similar(name, known, f"known are: {', '.join(sorted(known))}")
                yield Finding(place, f"there is no log index '{name}'", hint)
