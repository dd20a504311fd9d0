"""Attributes that can only come with the log itself, since no pipeline writes them."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.attributes import RESERVED, is_standard
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.rules import rule
from ddconf.lint.rules.unproduced_attribute import is_missing
from ddconf.lint.scope import query_scope
from ddconf.lint.similar import similar
from ddconf.lint.uses import Use, first_uses

_UNSURE = "JSON logs keep their attributes: show one in a test of the pipeline"


@rule("unknown-producer", Severity.WARNING)
def unknown_producer(facts: Facts) -> Iterator[Finding]:
    """An attribute is read that no pipeline writes; it may come with JSON logs, but no test shows it."""
    for use in first_uses(facts.uses):
        if is_missing(facts, use):
            open_ = [item for item in facts.meeting(use.query) if not item.reads_text]
            if open_:
                tested = any(facts.observe(item.address) for item in open_)
                message = f"no pipeline writes @{use.attribute}, and no test shows a log that has it"
                hint = similar(use.attribute, facts.written_for(use.query), _UNSURE, mark="@")
                yield Finding(use.place, message, hint, None if tested else Severity.NOTE)
        elif _is_of_unnamed_logs(facts, use):
            message = f"no pipeline here writes @{use.attribute}, and the search names no source or service"
            yield Finding(use.place, message, similar(use.attribute, facts.written, mark="@"), Severity.NOTE)


def _is_of_unnamed_logs(facts: Facts, use: Use) -> bool:
    """Whether any log could be meant, and none of the pipelines writes the attribute."""
    if use.attribute in RESERVED or is_standard(use.attribute) or not facts.pipelines:
        return False
    known = facts.produces(use.attribute, use.query) or facts.arrives(use.attribute, facts.pipelines)
    return not query_scope(use.query) and not known
