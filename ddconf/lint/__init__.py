"""Cross-checks of definitions: do pipelines, facets, dashboards, monitors and metrics fit one another.

`facts` gathers once what the definitions say of log attributes; each file in `rules` checks one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts
    from ddconf.lint.finding import Finding
    from ddconf.lint.rules import Rule


def lint(facts: Facts, rules: Iterable[Rule] | None = None) -> list[Finding]:
    """What the rules find, waived or not; by rule, and of each rule in the order of the definitions."""
    from ddconf.lint.rules import registered

    return [
        replace(finding, rule=rule.name, severity=finding.severity or rule.severity)
        for rule in (registered().values() if rules is None else rules)
        for finding in rule.check(facts)
    ]
