"""Rules -> trees: puts helpers and matchers in the place of tokens, collects all mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import ddconf.pipelines.grok.classic
import ddconf.pipelines.grok.filters
import ddconf.pipelines.grok.matchers  # noqa: F401
from ddconf.pipelines.grok.errors import GrokError, Mistake, PatternError, did_you_mean
from ddconf.pipelines.grok.java import parse_pattern
from ddconf.pipelines.grok.registry import (
    MATCHERS,
    CompilationSettings,
    Filter,
    MatcherDefinition,
    build_filter,
    build_matcher,
)
from ddconf.pipelines.grok.rules import GrokRule
from ddconf.pipelines.grok.tree import (
    Choice,
    Extract,
    Look,
    Node,
    Parentheses,
    RegexScope,
    Repeat,
    Sequence,
    Token,
)

_MOST_HELPERS = 1_000


def compile_rules(
    match: Iterable[GrokRule], support: Iterable[GrokRule], settings: CompilationSettings
) -> dict[str, Node]:
    """Name of each match rule -> its tree without tokens; raises GrokError with all mistakes of the rules."""
    match = list(match)
    compiler = Compiler({rule.name: rule for rule in (*match, *support)}, settings)
    trees = {rule.name: compiler.tree(rule) for rule in (*support, *match)}
    if compiler.mistakes:
        raise GrokError(compiler.mistakes)
    return {rule.name: trees[rule.name] for rule in match}


class Compiler:
    """Expands each rule once; `open` holds the rules being expanded, outermost first."""

    def __init__(self, rules: dict[str, GrokRule], settings: CompilationSettings) -> None:
        self.rules, self.settings = rules, settings
        self.trees: dict[str, Node] = {}
        self.sizes: dict[str, int] = {}
        self.open: list[str] = []
        self.mistakes: list[Mistake] = []

    def tree(self, rule: GrokRule) -> Node:
        if rule.name not in self.trees:
            self.open.append(rule.name)
            self.sizes[rule.name] = 1
            self.trees[rule.name] = RegexScope(self.parsed(rule), rule.name)
            self.open.pop()
        return self.trees[rule.name]

    def parsed(self, rule: GrokRule) -> Node:
        try:
            return self.expand(parse_pattern(rule.pattern), rule)
        except PatternError as error:
            self.mistakes.append(rule.mistake(error.message, error.start, error.end, error.hint))
            return Sequence(())

    def expand(self, node: Node, rule: GrokRule) -> Node:
        """The node with its tokens replaced."""
        match node:
            case Token():
                return self.token(node, rule)
            case Sequence(items):
                return replace(node, items=tuple(self.expand(item, rule) for item in items))
            case Choice(branches):
                return Choice(tuple(self.expand(branch, rule) for branch in branches))
            case Repeat(body) | Parentheses(body) | Look(body) | Extract(body):
                return replace(node, body=self.expand(body, rule))
            case _:
                return node

    def token(self, token: Token, rule: GrokRule) -> Node:
        """The meaning of a token; a mistake in it is noted, and an empty sequence stands for it."""
        try:
            matched = self.meaning(token, rule)
            convert = self.conversion(token, matched.convert)
        except PatternError as error:
            self.mistakes.append(rule.mistake(error.message, error.start, error.end, error.hint))
            return Sequence(())
        if token.path is None or (not token.path and token.filter is None):
            return RegexScope(matched.node)
        return Extract(matched.node, token.path, convert, str(token.filter or token.matcher))

    def meaning(self, token: Token, rule: GrokRule) -> MatcherDefinition:
        """A rule if there is one of that name, else a matcher; a rule's own name means the matcher."""
        name = token.matcher.name
        called = self.rules.get(name)
        if called is None or token.matcher.args or (name == rule.name and name in MATCHERS):
            if called is None and name not in MATCHERS:
                similar = did_you_mean(name, [*MATCHERS, *self.rules])
                hint = similar or f"if it is a rule of yours, add it to the support rules: {name} PATTERN"
                start, end = token.matcher.start, token.matcher.start + len(name)
                raise PatternError(f"'{name}' is neither a matcher nor a rule", start, end, hint)
            if called and name not in MATCHERS:
                start, end = token.matcher.start, token.matcher.end
                raise PatternError(f"'{name}' is a rule and takes no arguments", start, end)
            return build_matcher(token.matcher, self.settings)
        if name in self.open:
            cycle = " -> ".join([*self.open[self.open.index(name) :], name])
            raise PatternError(f"rule '{name}' contains itself", token.start, token.end, cycle)
        tree = self.tree(called)
        self.sizes[rule.name] += self.sizes[name]
        if self.sizes[rule.name] > _MOST_HELPERS:
            raise PatternError(
                "the rule becomes too large when its helpers are put in", token.start, token.end
            )
        return MatcherDefinition(tree)

    def conversion(self, token: Token, convert: Callable[[str], Any] | None) -> Filter | None:
        """The matcher's own conversion, then the filter."""
        if token.filter is None:
            return convert
        apply = build_filter(token.filter, self.settings)
        if convert is None:
            return apply
        return lambda text: apply(convert(text))
