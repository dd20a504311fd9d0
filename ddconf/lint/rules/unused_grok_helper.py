"""Helper rules that no rule needs. https://docs.datadoghq.com/logs/log_configuration/parsing/"""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.errors import Severity
from ddconf.lint.facts import Facts
from ddconf.lint.finding import Finding
from ddconf.lint.grok_rules import grok_parsers
from ddconf.lint.rules import rule


@rule("unused-grok-helper", Severity.NOTE)
def unused_grok_helper(facts: Facts) -> Iterator[Finding]:
    """A helper of a grok parser is named by none of its rules."""
    for parser in grok_parsers(facts):
        for helper in parser.unused_helpers():
            yield Finding(parser.place_of(helper), f"no rule uses the helper {helper.name}", "remove it")
