"""Facets of attributes that no log has."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import RESERVED, is_standard
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding, Place
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar
from ddconf.lint.writes import covers


@rule("unproduced-facet", Severity.WARNING)
def unproduced_facet(facts: Facts) -> Iterator[Finding]:
    """A facet is for an attribute that no pipeline writes and no test shows."""
    # JSON logs bring what they like: without a test of their pipeline nobody knows what that is.
    takes_json = tuple(item for item in facts.pipelines if not item.reads_text)
    if not facts.pipelines or not all(facts.observe(item.address) for item in takes_json):
        return
    for path, (address, _) in facts.facets.items():
        if path in RESERVED or is_standard(path) or covers(facts.written, path):
            continue
        if not facts.arrives(path, takes_json):
            hint = similar(path, facts.written, "remove it, or show a log that has it in a pipeline's test")
            yield Finding(Place(address, ("path",)), f"no pipeline writes '{path}'", hint)
