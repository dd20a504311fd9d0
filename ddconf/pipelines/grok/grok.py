"""Compiled grok rules applied to texts: the first rule that matches says what is stored."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from ddconf.pipelines.grok.compiler import compile_rules
from ddconf.pipelines.grok.engine import Pattern, TimeLimit
from ddconf.pipelines.grok.errors import GrokError, GrokTimeout, Mistake
from ddconf.pipelines.grok.explain import Explainer, Explanation
from ddconf.pipelines.grok.lint import lint_rule
from ddconf.pipelines.grok.registry import Clock, CompilationSettings
from ddconf.pipelines.grok.rules import GrokRule, parse_rules, put_in_fragments
from ddconf.pipelines.grok.storing import FailedFilter, Store, storing
from ddconf.pipelines.grok.tree import Node


class RuleMatch(NamedTuple):
    """The rule that matched and what it stores."""

    rule: str
    attributes: dict[str, Any]
    failed_filters: tuple[FailedFilter, ...] = ()


def compile_grok(
    match_rules: str, support_rules: str = "", now: Clock | None = None, timeout: float = 1.0
) -> Grok:
    """Compile rule files; raises GrokError with all mistakes.

    `now` is the clock for dates without a year. `timeout` is the limit in seconds for one text.
    """
    support, mistakes = parse_rules(support_rules or "", "support")
    match, more = parse_rules(match_rules, "match", [rule.name for rule in support])
    try:
        grok = grok_of(match, support, now, timeout)
    except GrokError as error:
        raise GrokError([*mistakes, *more, *error.mistakes]) from None
    if mistakes or more:
        raise GrokError([*mistakes, *more])
    return grok


def grok_of(
    match: Iterable[GrokRule],
    support: Iterable[GrokRule] = (),
    now: Clock | None = None,
    timeout: float = 1.0,
) -> Grok:
    """Compile rules that are parsed already, whose patterns may contain newlines."""
    settings = CompilationSettings(now or (lambda: datetime.now(UTC)), timeout)
    match, support = put_in_fragments(match, support)
    trees = compile_rules(match, support, settings)
    return Grok(trees, {rule.name: rule for rule in (*match, *support)}, timeout)


class Grok:
    """Match rules in order, ready to be applied to texts."""

    def __init__(self, trees: dict[str, Node], sources: dict[str, GrokRule], timeout: float) -> None:
        self.trees, self.sources, self.timeout = trees, sources, timeout
        self.compiled = [CompiledRule(name, tree, timeout) for name, tree in trees.items()]

    @property
    def rules(self) -> tuple[str, ...]:
        """The names of the match rules, in order."""
        return tuple(self.trees)

    def parse(self, text: str) -> dict[str, Any] | None:
        """The attributes the first matching rule stores, None if no rule matches; raises GrokTimeout."""
        found = self._apply(text, [])
        return None if found is None else found[1]

    def match(self, text: str) -> RuleMatch | None:
        """Like `parse`, with the rule's name and the filters that failed."""
        failed: list[FailedFilter] = []
        found = self._apply(text, failed)
        return None if found is None else RuleMatch(found[0], found[1], tuple(failed))

    def _apply(self, text: str, failed: list[FailedFilter]) -> tuple[str, dict[str, Any]] | None:
        """The name of the rule that matches and what it stores."""
        deadline = TimeLimit(self.timeout)
        for rule in self.compiled:
            try:
                found = rule.pattern.match(text, deadline)
                if found is not None:
                    return rule.name, rule.attributes(found.groups(), failed)
            except TimeoutError:
                raise GrokTimeout(rule.name, self.timeout) from None
            if deadline.passed():
                raise GrokTimeout(rule.name, self.timeout)
        return None

    def explain(self, text: str) -> Explanation | None:
        """The rule that matches, else the one that comes furthest; None where there are no rules."""
        if match := self.match(text):
            return Explanation(match.rule, True, len(text))
        explanations = [self._explained(name, tree, text) for name, tree in self.trees.items()]
        return max(explanations, key=lambda explanation: explanation.length, default=None)

    def _explained(self, name: str, tree: Node, text: str) -> Explanation:
        try:
            return self._explainer.explain(tree, text)
        except TimeoutError:
            raise GrokTimeout(name, self.timeout) from None

    @cached_property
    def _explainer(self) -> Explainer:
        return Explainer(self.sources, self.timeout)

    def warnings(self) -> tuple[Mistake, ...]:
        """Rules that can run away, with the places that make them."""
        found = [mistake for tree in self.trees.values() for mistake in lint_rule(tree, self.sources)]
        return tuple(dict.fromkeys(found))


class CompiledRule:
    """A match rule: its pattern, and what to store of a match."""

    def __init__(self, name: str, tree: Node, timeout: float) -> None:
        self.name = name
        self.pattern = Pattern(tree, timeout)

    @cached_property
    def attributes(self) -> Store:
        """The function (groups, failed) -> what the groups of a match store."""
        return storing(self.pattern.emitted.extracts)
