"""What a part of a pattern can take: its characters, its first characters, its fewest characters.

Sets of characters are masks, see tree.py. They may have too many characters, never too few.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import reduce
from operator import or_

from ddconf.pipelines.grok.charset import ignoring_case
from ddconf.pipelines.grok.tree import (
    EVERYTHING,
    BackReference,
    Chars,
    Choice,
    Dot,
    Extract,
    Flags,
    Look,
    Node,
    Parentheses,
    RegexScope,
    Repeat,
    Sequence,
    Unambiguous,
)

Parts = tuple[Node, ...]


def walk(node: Node) -> Iterator[Node]:
    """The node and all nodes inside it, each before what is inside it."""
    waiting = [node]
    while waiting:
        found = waiting.pop()
        yield found
        match found:
            case Sequence(items) | Choice(items):
                waiting.extend(reversed(items))
            case (
                Repeat(body)
                | Parentheses(body)
                | Look(body)
                | Unambiguous(body)
                | Extract(body)
                | RegexScope(body)
            ):
                waiting.append(body)


class Shapes:
    """Shapes of the nodes of one tree, each computed once."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        flags = [node for node in walk(tree) if isinstance(node, Flags)]
        self.any_case = any("i" in node.on for node in flags)
        self._flat: dict[int, Parts] = {}
        self._alphabet: dict[int, int] = {}
        self._first: dict[int, int] = {}
        self._minimum: dict[int, int] = {}
        self._maximum: dict[int, float] = {}

    def flat(self, node: Node) -> Parts:
        """Like `parts_of`."""
        found = self._flat.get(id(node))
        if found is None:
            found = self._flat[id(node)] = tuple(parts_of(node))
        return found

    def alphabet(self, node: Node) -> int:
        """All characters the node can take."""
        found = self._alphabet.get(id(node))
        if found is None:
            found = self._alphabet[id(node)] = self._characters(node)
        return found

    def first(self, node: Node) -> int:
        """The characters the node can begin with."""
        found = self._first.get(id(node))
        if found is None:
            found = self._first[id(node)] = self._beginning(node)
        return found

    def minimum(self, node: Node) -> int:
        """The fewest characters the node can take."""
        found = self._minimum.get(id(node))
        if found is None:
            found = self._minimum[id(node)] = self._fewest(node)
        return found

    def maximum(self, node: Node) -> float:
        """The most characters the node can take or look at, perhaps without limit."""
        found = self._maximum.get(id(node))
        if found is None:
            found = self._maximum[id(node)] = self._most(node)
        return found

    def entry(self, parts: Iterable[Node], follow: int) -> int:
        """The characters the parts can begin with, or what follows them where they can be empty."""
        mask = 0
        for part in parts:
            mask |= self.first(part)
            if self.minimum(part):
                return mask
        return mask | follow

    def shortest(self, parts: Iterable[Node]) -> int:
        return sum(map(self.minimum, parts))

    def _characters(self, node: Node) -> int:
        match node:
            case Chars(mask=mask):
                return ignoring_case(mask) if self.any_case else mask
            case Dot() | BackReference():
                return EVERYTHING
            case Sequence(items) | Choice(items):
                return reduce(or_, map(self.alphabet, items), 0)
            case Repeat(body) | Parentheses(body) | Unambiguous(body) | Extract(body) | RegexScope(body):
                return self.alphabet(body)
            case _:
                return 0

    def _beginning(self, node: Node) -> int:
        match node:
            case Choice(branches):
                return reduce(or_, map(self.first, branches), 0)
            case Sequence(items):
                return self.entry(items, 0)
            case Repeat(body) | Parentheses(body) | Unambiguous(body) | Extract(body) | RegexScope(body):
                return self.first(body)
            case _:
                return self.alphabet(node)

    def _fewest(self, node: Node) -> int:
        match node:
            case Chars() | Dot():
                return 1
            case Sequence(items):
                return self.shortest(items)
            case Choice(branches):
                return min(map(self.minimum, branches))
            case Repeat(body, low):
                return low * self.minimum(body)
            case Parentheses(body) | Unambiguous(body) | Extract(body) | RegexScope(body):
                return self.minimum(body)
            case _:
                return 0

    def _most(self, node: Node) -> float:
        match node:
            case Chars() | Dot():
                return 1
            case BackReference():
                return math.inf
            case Sequence(items):
                return sum(map(self.maximum, items))
            case Choice(branches):
                return max(map(self.maximum, branches))
            case Repeat(body, _, high):
                return math.inf if high is None else high * self.maximum(body)
            case Parentheses(body) | Unambiguous(body) | Extract(body) | RegexScope(body) | Look(body):
                return self.maximum(body)
            case _:
                return 0


def parts_of(node: Node) -> Iterator[Node]:
    """The parts of a sequence, with groups that only enclose taken away."""
    match node:
        case Sequence(items):
            for item in items:
                yield from parts_of(item)
        case RegexScope(body) | Extract(body) | Parentheses(body, atomic=False):
            yield from parts_of(body)
        case Flags():
            return
        case _:
            yield node
