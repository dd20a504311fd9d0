"""Why a text does not match: how far the best rule comes, and at which part of it the match stops."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ddconf.pipelines.grok.engine import Pattern, TimeLimit
from ddconf.pipelines.grok.places import PatternPart, PatternSpan, inner_parts, parts_with_places
from ddconf.pipelines.grok.rules import GrokRule
from ddconf.pipelines.grok.tree import Choice, Node, Parentheses, RegexScope, Repeat, Sequence

_MOST_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a rule fares with a text.

    `length` counts the characters from the start of the text that the rule takes. `stop` is the part that
    does not match there, `outer` the token of the match rule it belongs to (the same outside of helpers);
    both are None when the rule matches, and when it ends while the text goes on.
    """

    rule: str
    matched: bool
    length: int
    stop: PatternSpan | None = None
    outer: PatternSpan | None = None


class Explainer:
    """Tries beginnings of rules on texts; keeps their patterns, which the next text needs again."""

    def __init__(self, rules: Mapping[str, GrokRule], seconds: float) -> None:
        self.rules, self.seconds = rules, seconds
        self.patterns: dict[tuple[int, ...], Pattern] = {}

    def explain(self, tree: Node, text: str) -> Explanation:
        """How far a match rule comes that does not match; raises TimeoutError where that takes too long."""
        assert isinstance(tree, RegexScope)
        length, part = _Search(self, text).furthest((), parts_with_places(tree, self.rules))
        if part is None:
            return Explanation(tree.rule, False, length)
        return Explanation(tree.rule, False, length, part.place, part.outer)

    def pattern(self, nodes: tuple[Node, ...]) -> Pattern:
        """The pattern of a beginning, without anything after it."""
        key = tuple(map(id, nodes))
        if key not in self.patterns:
            self.patterns[key] = Pattern(Sequence(nodes), self.seconds, anchored=False)
        return self.patterns[key]


class _Search:
    """Beginnings of one rule on one text, within the limit of time."""

    def __init__(self, explainer: Explainer, text: str) -> None:
        self.explainer, self.text = explainer, text
        self.deadline = TimeLimit(explainer.seconds)

    def furthest(
        self, before: tuple[Node, ...], parts: tuple[PatternPart, ...]
    ) -> tuple[int, PatternPart | None]:
        """The end of the longest beginning that matches, and the part after it; None if there is none."""
        low, high, end = 0, len(parts), self.end(before) or 0
        while low < high:
            middle = (low + high + 1) // 2
            reached = self.end(before + _nodes(parts[:middle]))
            if reached is None:
                high = middle - 1
            else:
                low, end = middle, reached
        if low == len(parts):
            return end, None
        best: tuple[int, PatternPart | None] = end, parts[low]
        for inside in self.openings(parts[low]):
            found = self.furthest(before + _nodes(parts[:low]), inside)
            if found[1] is not None and found[0] > best[0]:
                best = found
        return best

    def end(self, nodes: tuple[Node, ...]) -> int | None:
        """Where a match of the nodes at the start of the text ends."""
        found = self.explainer.pattern(nodes).match(self.text, self.deadline)
        return None if found is None else found.end()

    def openings(self, part: PatternPart) -> list[tuple[PatternPart, ...]]:
        """What a part that fails can begin with: a branch of a choice, the least rounds of a repetition."""
        rules = self.explainer.rules
        match part.node:
            case Choice(branches):
                return [inner_parts(branch, part, rules) for branch in branches]
            case Repeat(body, low) if low:
                return [inner_parts(body, part, rules) * min(low, _MOST_ROUNDS)]
            case Parentheses(body, atomic=True):
                return [inner_parts(body, part, rules)]
            case _:
                return []


def _nodes(parts: tuple[PatternPart, ...]) -> tuple[Node, ...]:
    return tuple(part.node for part in parts)
