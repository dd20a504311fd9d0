"""How long a pattern can take: an upper bound of the steps that a backtracking engine makes on a text.

The bound counts ways. A loop followed by what cannot begin with another round (`\\d+` before a blank) ends in
one way; other loops end in as many as the text is long, unless what follows can pass only at some of these
ends. Ways multiply along a sequence; two ways through the body of an endless loop make the bound infinite.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, takewhile

from ddconf.pipelines.grok.shape import Parts, Shapes
from ddconf.pipelines.grok.tree import (
    EVERYTHING,
    Anchor,
    Chars,
    Choice,
    Dot,
    Look,
    Node,
    Parentheses,
    Repeat,
    Unambiguous,
)

STEPS_PER_SECOND = 40_000_000
"""About what `re` makes of the slowest kind of step."""

_LENGTHS = tuple(int(64 * 2 ** (power / 2)) for power in range(29))
_SHORTEST = _LENGTHS[0]


@lru_cache(maxsize=512)  # of rules that are edited and run again, most stay as they were
def safe_length(tree: Node, *, seconds: float, searching: bool = False) -> int:
    """The longest text that `re` can be trusted with for so many seconds; 0 if there is none."""
    shapes, budget = Shapes(tree), seconds * STEPS_PER_SECOND
    known: dict[tuple[int, int], Ways] = {}

    def cost(length: int) -> float:
        return Bound(length, shapes, known).total() * (length if searching else 1)

    found = bisect_left(_LENGTHS, budget, key=cost)
    return _LENGTHS[found - 1] if found else 0


@dataclass(frozen=True, slots=True)
class Ways:
    """Paths through a part from one start: how many, how many of them share an end, and steps to try all."""

    count: float
    sharing: float
    work: float


_ONE = Ways(1, 1, 1)


class Bound:
    """The bound for texts of one length; `known` has parts that are too short for the length to matter."""

    def __init__(self, length: int, shapes: Shapes, known: dict[tuple[int, int], Ways]) -> None:
        self.length, self.shapes, self.known = length, shapes, known
        self.computed: dict[tuple[int, int], Ways] = {}

    def total(self) -> float:
        return self.sequence(self.shapes.flat(self.shapes.tree), 0).work

    def sequence(self, parts: Parts, follow: int) -> Ways:
        """`follow` has the characters that can come after the last part."""
        count, work, sharing, cuts = 1.0, 0.0, 1.0, 0
        narrowed: dict[int, float] = {}
        for index, part in enumerate(parts):
            count = narrowed.get(index, count)
            ways = self.ways(parts, index, follow)
            work += count * ways.work
            if ways.count > 1:
                # The ends of endless loops stand in order: k of them in a text make n^k / k! ways.
                if isinstance(part, Repeat) and part.high is None:
                    cuts += 1
                    count /= cuts
                known_after, passing = self.passing(parts, index, follow)
                sharing = ways.sharing if count == 1 else count * ways.count
                narrowed = {known_after: count * min(ways.count, passing * ways.sharing)}
            count *= ways.count
        count = narrowed.get(len(parts), count)
        return Ways(count, min(sharing, count), work)

    def ways(self, parts: Parts, index: int, follow: int) -> Ways:
        """The ways of the part with this index."""
        node = parts[index]
        if isinstance(node, Chars | Dot | Anchor):
            return _ONE
        after = self.shapes.entry(parts[index + 1 :], follow)
        known = self.known if self.shapes.maximum(node) <= _SHORTEST else self.computed
        key = (id(node), after)
        if key not in known:
            known[key] = self.compute(node, after)
        return known[key]

    def compute(self, node: Node, after: int) -> Ways:
        """The ways of a part before these characters."""
        match node:
            case Choice(branches):
                return self.choice(branches, after)
            case Repeat():
                return self.repeat(node, after)
            case Parentheses(body) | Look(body):
                return Ways(1, 1, 1 + self.sequence(self.shapes.flat(body), EVERYTHING).work)
            case Unambiguous(body):
                inside = self.sequence(self.shapes.flat(body), after)
                ends = self.length if self.shapes.alphabet(body) & after else 1
                return Ways(min(inside.count, ends), 1, inside.work)
            case _:
                return Ways(1, 1, self.length)

    def choice(self, branches: Parts, follow: int) -> Ways:
        """The sum of the branches, or the largest where the next character decides between them."""
        parts = [self.shapes.flat(branch) for branch in branches]
        ways = [self.sequence(part, follow) for part in parts]
        entries = [self.shapes.entry(part, follow) for part in parts]
        exclusive = not any(one & other for one, other in combinations(entries, 2))
        total = max if exclusive else sum
        count, sharing = total(way.count for way in ways), total(way.sharing for way in ways)
        return Ways(count, sharing, len(branches) + total(way.work for way in ways))

    def repeat(self, node: Repeat, follow: int) -> Ways:
        body = self.shapes.flat(node.body)
        first, shortest = self.shapes.first(node.body), self.shapes.minimum(node.body)
        inside = self.sequence(body, first | follow)
        rounds = min(math.inf if node.high is None else node.high, self.length // max(1, shortest) + 1)
        again = bool(first & follow) or shortest == 0
        if node.high == 1:
            count = inside.count + (again and node.low == 0)
        elif node.high is None and inside.count > 1:
            count = math.inf
        else:
            count = _power(inside.count, rounds) * (max(1, rounds - node.low + 1) if again else 1)
        work = 1 + rounds * inside.work * (_power(inside.count, rounds) if inside.count > 1 else 1)
        if node.suffix == "+":
            return Ways(1, 1, work)
        return Ways(count, 1 if inside.count == 1 else count, work)

    def passing(self, parts: Parts, index: int, follow: int) -> tuple[int, float]:
        """How many ends of a part let what comes next pass, and the index of the part after which that holds.

        A character that the part itself cannot take fixes its end. Otherwise, where the first character of
        what comes next occurs in it only once, its occurrences cannot overlap.
        """
        alphabet, following = self.shapes.alphabet, parts[index + 1 :]
        fixed = [alphabet(part) for part in takewhile(lambda part: isinstance(part, Chars), following)]
        for offset, mask in enumerate(fixed):
            if not mask & alphabet(parts[index]):
                alone = not any(fixed[0] & other for other in fixed[1 : offset + 1])
                return index + offset + 2, 1 if alone else offset + 1
        if not fixed:
            return index + 1, math.inf
        end = index + 2
        while end < len(parts) and not alphabet(parts[end]) & fixed[0]:
            if self.ways(parts, end, follow).count > 1:
                break
            end += 1
        return end, self.length / self.shapes.shortest(parts[index + 1 : end]) + 1


def _power(base: float, exponent: float) -> float:
    try:
        return float(base**exponent)
    except OverflowError:
        return math.inf
