"""Attributes that are read although the pipelines for these logs do not write them."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import RESERVED, is_standard
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.similar import similar
from ddconf.lint.uses import Use, first_uses


@rule("unproduced-attribute", Severity.ERROR)
def unproduced_attribute(facts: Facts) -> Iterator[Finding]:
    """An attribute is read that no pipeline writes, and the logs are text, so nothing else can bring it."""
    for use in first_uses(facts.uses):
        if is_missing(facts, use) and all(item.reads_text for item in facts.meeting(use.query)):
            names = " or ".join(str(pipeline.address) for pipeline in facts.handling(use.query))
            elsewhere = next((write.place.address for write in facts.writers(use.attribute)), None)
            hint = similar(use.attribute, facts.written_for(use.query), mark="@")
            if not hint and elsewhere:
                hint = f"{elsewhere} writes it, but for other logs"
            yield Finding(use.place, f"no processor of {names} writes @{use.attribute}", hint)


def is_missing(facts: Facts, use: Use) -> bool:
    """Whether pipelines handle the very logs of a search, and none gives them the attribute or shows it."""
    if use.attribute in RESERVED or is_standard(use.attribute) or not facts.handling(use.query):
        return False
    known = facts.produces(use.attribute, use.query)
    return not known and not facts.arrives(use.attribute, facts.meeting(use.query))
