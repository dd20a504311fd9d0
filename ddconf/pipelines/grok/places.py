"""Where the parts of an expanded pattern stand in the texts of the rules, for messages that point there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ddconf.pipelines.grok.rules import GrokRule
from ddconf.pipelines.grok.shape import walk
from ddconf.pipelines.grok.tree import BackReference, Extract, Flags, Node, Parentheses, RegexScope, Sequence


@dataclass(frozen=True, slots=True)
class PatternSpan:
    """A piece of a rule's pattern, from one offset to another."""

    rule: GrokRule
    start: int
    end: int

    @property
    def line(self) -> int:
        return self.rule.position(self.start)[0]

    @property
    def column(self) -> int:
        return self.rule.position(self.start)[1]

    @property
    def source(self) -> str:
        return self.rule.pattern[self.start : self.end]


@dataclass(frozen=True, slots=True)
class PatternPart:
    """A part of the flat sequence a rule comes to; `outer` is where it stands in the match rule itself."""

    node: Node
    place: PatternSpan
    outer: PatternSpan


def parts_with_places(tree: Node, rules: Mapping[str, GrokRule]) -> tuple[PatternPart, ...]:
    """The flat sequence of a match rule; a group with flags or references in it stays whole."""
    assert isinstance(tree, RegexScope)
    rule = rules[tree.rule]
    whole = PatternSpan(rule, 0, len(rule.pattern))
    return tuple(_parts(tree.body, PatternPart(tree.body, whole, whole), rules, own=True))


def inner_parts(node: Node, part: PatternPart, rules: Mapping[str, GrokRule]) -> tuple[PatternPart, ...]:
    """The flat sequence of a node inside a part."""
    return tuple(_parts(node, part, rules, own=part.place.rule.name in rules))


def _parts(
    node: Node, part: PatternPart, rules: Mapping[str, GrokRule], *, own: bool
) -> Iterator[PatternPart]:
    """`own` says that spans are offsets in the part's rule, not in a matcher's own pattern."""
    match node:
        case _ if _is_whole(node):
            yield replace(part, node=node)
        case Sequence(items, spans):
            for index, item in enumerate(items):
                inside = part
                if own and spans:
                    place = PatternSpan(part.place.rule, *spans[index])
                    in_match_rule = part.place.rule is part.outer.rule
                    inside = PatternPart(item, place, place if in_match_rule else part.outer)
                yield from _parts(item, inside, rules, own=own)
        case RegexScope(body, rule):
            if rule:
                place = PatternSpan(rules[rule], 0, len(rules[rule].pattern))
                part = replace(part, place=place)
            yield from _parts(body, part, rules, own=bool(rule))
        case Extract(body) | Parentheses(body, atomic=False):
            yield from _parts(body, part, rules, own=own)
        case _:
            yield replace(part, node=node)


def _is_whole(node: Node) -> bool:
    if isinstance(node, Parentheses) and node.number is not None:
        return True
    return isinstance(node, RegexScope | Extract | Parentheses) and any(
        isinstance(inner, Flags | BackReference) for inner in walk(node)
    )
