"""The rules of a grok parser beside one another: which can never match, which helpers nothing names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from ddconf.document import get
from ddconf.lint.finding import Place

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts
    from ddconf.pipelines.grok.rules import GrokRule

_NAMED = re.compile(r"%\{\s*([\w.-]+)")


@dataclass(frozen=True)
class GrokParser:
    """A grok parser; `place` is that of its rules."""

    place: Place
    match_rules: str
    support_rules: str

    @cached_property
    def rules(self) -> tuple[list[GrokRule], list[GrokRule]]:
        """The rules and the helpers."""
        from ddconf.pipelines.grok.rules import parse_rules

        return parse_rules(self.match_rules, "match")[0], parse_rules(self.support_rules, "support")[0]

    def place_of(self, rule: GrokRule) -> Place:
        """Where the name of a rule stands."""
        text = self.match_rules if rule.text == "match" else self.support_rules
        start = sum(len(line) + 1 for line in text.split("\n")[: rule.line - 1])
        return self.place.below(f"{rule.text}_rules").part(text.index(rule.name, start), len(rule.name))

    def unused_helpers(self) -> Iterator[GrokRule]:
        """The helpers that no rule names, neither directly nor through another helper."""
        match, support = self.rules
        named = {rule.name: set(_NAMED.findall(rule.pattern)) for rule in (*match, *support)}
        used, waiting = set[str](), [rule.name for rule in match]
        while waiting:
            for name in named.get(waiting.pop(), set()) - used:
                used.add(name)
                waiting.append(name)
        return (rule for rule in support if rule.name not in used)

    def unreachable(self) -> Iterator[tuple[GrokRule, GrokRule]]:
        """Each rule that can take no text, with the earlier one that takes them all."""
        from ddconf.pipelines.grok import GrokError, compile_grok
        from ddconf.pipelines.grok.unreachable import unreachable

        try:
            trees = compile_grok(self.match_rules, self.support_rules).trees
        except GrokError:
            return
        rules = {rule.name: rule for rule in self.rules[0]}
        for late, early in unreachable(trees):
            yield rules[late], rules[early]


def grok_parsers(facts: Facts) -> Iterator[GrokParser]:
    """Every grok parser that is switched on."""
    for pipeline in facts.pipelines:
        for stage in pipeline.stages:
            path = (*stage.path[1:], "grok")
            match = get(pipeline.document, (*path, "match_rules"))
            if stage.type == "grok-parser" and isinstance(match, str):
                support = get(pipeline.document, (*path, "support_rules"))
                support = support if isinstance(support, str) else ""
                yield GrokParser(Place(pipeline.address, path), match, support)
