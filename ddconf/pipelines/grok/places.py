"""Where the parts of an expanded pattern stand in the texts of the rules, for messages that point there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ddconf.pipelines.grok.rules import Rule
from ddconf.pipelines.grok.shape import walk
from ddconf.pipelines.grok.tree import BackReference, Extract, Flags, Group, Node, Scope, Sequence


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a rule's pattern, from one offset to another."""

    rule: Rule
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
class Part:
    """A part of the flat sequence a rule comes to; `outer` is where it stands in the match rule itself."""

    node: Node
    place: Place
    outer: Place


def parts_with_places(tree: Node, rules: Mapping[str, Rule]) -> tuple[Part, ...]:
    """The flat sequence of a match rule; a group with flags or references in it stays whole."""
    assert isinstance(tree, Scope)
    rule = rules[tree.rule]
    whole = Place(rule, 0, len(rule.pattern))
    return tuple(_parts(tree.body, Part(tree.body, whole, whole), rules, own=True))


def inner_parts(node: Node, part: Part, rules: Mapping[str, Rule]) -> tuple[Part, ...]:
    """The flat sequence of a node inside a part."""
    return tuple(_parts(node, part, rules, own=part.place.rule.name in rules))


def _parts(node: Node, part: Part, rules: Mapping[str, Rule], *, own: bool) -> Iterator[Part]:
    """`own` says that spans are offsets in the part's rule, not in a matcher's own pattern."""
    match node:
        case _ if _is_whole(node):
            yield replace(part, node=node)
        case Sequence(items, spans):
            for index, item in enumerate(items):
                inside = part
                if own and spans:
                    place = Place(part.place.rule, *spans[index])
                    in_match_rule = part.place.rule is part.outer.rule
                    inside = Part(item, place, place if in_match_rule else part.outer)
                yield from _parts(item, inside, rules, own=own)
        case Scope(body, rule):
            if rule:
                place = Place(rules[rule], 0, len(rules[rule].pattern))
                part = replace(part, place=place)
            yield from _parts(body, part, rules, own=bool(rule))
        case Extract(body) | Group(body, atomic=False):
            yield from _parts(body, part, rules, own=own)
        case _:
            yield replace(part, node=node)


def _is_whole(node: Node) -> bool:
    if isinstance(node, Group) and node.number is not None:
        return True
    return isinstance(node, Scope | Extract | Group) and any(
        isinstance(inner, Flags | BackReference) for inner in walk(node)
    )
