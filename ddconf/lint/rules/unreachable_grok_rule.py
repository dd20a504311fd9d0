"""Rules that another rule leaves nothing to. https://docs.datadoghq.com/logs/log_configuration/parsing/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.grok_rules import grok_parsers
from ddconf.lint.rules import rule


@rule("unreachable-grok-rule", Severity.WARNING)
def unreachable_grok_rule(facts: Facts) -> Iterator[Finding]:
    """A rule of a grok parser stands behind one that takes every text it could take."""
    for parser in grok_parsers(facts):
        for late, early in parser.unreachable():
            hint = f"put it before {early.name}, or remove it"
            yield Finding(parser.place_of(late), f"{early.name} takes all that {late.name} could", hint)
