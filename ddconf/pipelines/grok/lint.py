"""Warnings of rules: those that can run away on some text, and what is run here but not by Java."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile

from ddconf.pipelines.grok.cost import Bound
from ddconf.pipelines.grok.errors import Mistake
from ddconf.pipelines.grok.places import PatternPart, parts_with_places
from ddconf.pipelines.grok.rules import GrokRule
from ddconf.pipelines.grok.shape import Shapes
from ddconf.pipelines.grok.tree import (
    Chars,
    Choice,
    Extract,
    Look,
    Node,
    Parentheses,
    RegexScope,
    Repeat,
    Sequence,
)

_LENGTH = 2_000


def lint_rule(tree: Node, rules: Mapping[str, GrokRule]) -> list[Mistake]:
    """The warnings of one match rule, with the places in the texts of the rules."""
    parts = parts_with_places(tree, rules)
    nodes = tuple(part.node for part in parts)
    bound = Bound(_LENGTH, Shapes(tree), {})
    ways = [bound.ways(nodes, index, 0) for index in range(len(nodes))]
    open_ended = [
        index
        for index, node in enumerate(nodes)
        if isinstance(node, Repeat) and node.high is None and 1 < ways[index].count < math.inf
    ]
    endless = [part for part, way in zip(parts, ways, strict=True) if way.work == math.inf]
    return [
        *map(_nested, endless),
        *_same_separators(parts, open_ended),
        *_refused_by_java(tree, None, rules),
    ]


def _nested(part: PatternPart) -> Mistake:
    return part.place.rule.mistake(
        f"'{part.place.source}' can split the same text in endlessly many ways",
        part.place.start,
        part.place.end,
        "repeat something that begins or ends with a character found nowhere else in it",
    )


def _same_separators(parts: tuple[PatternPart, ...], open_ended: list[int]) -> Iterable[Mistake]:
    """Tokens without limit that are followed by the same text: each can end at each of its occurrences."""
    first: dict[tuple[Node, ...], PatternPart] = {}
    for index in open_ended:
        between = takewhile(lambda part: not part.place.source.startswith("%{"), parts[index + 1 :])
        separator = tuple(part.node for part in between)
        part = parts[index]
        if separator and separator in first:
            yield part.place.rule.mistake(
                f"'{part.place.source}' and '{first[separator].place.source}' end at the same separator",
                part.place.start,
                part.place.end,
                "a long text can take very long; use notSpace, word or a regex without the separator",
            )
        first.setdefault(separator, part)


def _refused_by_java(node: Node, rule: GrokRule | None, rules: Mapping[str, GrokRule]) -> Iterator[Mistake]:
    """`rule` is the one whose pattern the spans of the node are offsets in; None inside of matchers."""
    match node:
        case RegexScope(body, name):
            yield from _refused_by_java(body, rules[name] if name else None, rules)
        case Sequence(items, spans):
            for item, (start, end) in zip(items, spans or ((0, 0),) * len(items), strict=True):
                if rule and (found := _refusal(item, rule.pattern[start:end])):
                    yield rule.mistake(found[0], start, end, found[1])
                yield from _refused_by_java(item, rule, rules)
        case Choice(branches):
            for branch in branches:
                yield from _refused_by_java(branch, rule, rules)
        case Repeat(body) | Parentheses(body) | Look(body) | Extract(body):
            yield from _refused_by_java(body, rule, rules)


def _refusal(node: Node, source: str) -> tuple[str, str] | None:
    """The message and the hint."""
    match node:
        case Chars(exact="{") | Repeat(Chars(exact="{")) if source.startswith("{"):
            return "Java takes '{' for the beginning of a repetition and refuses the rule", "write \\{"
        case Look(body, ahead=False) if Shapes(node).maximum(body) == math.inf:
            hint = "repeat at most a number of times: {0,100} instead of *"
            return f"Java refuses '{source}': what it looks back at can be of any length", hint
    return None
