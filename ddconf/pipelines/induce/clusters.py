"""Bodies of one form: equal but for their values, and for words that take many texts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ddconf.pipelines.induce.heads import Line
from ddconf.pipelines.induce.tokens import LineToken

_ALIKE = 0.6
"""Share of words that two forms must have in common to be one."""


def clusters(bodies: Iterable[Line]) -> list[list[Line]]:
    """Groups of bodies with the same keys, most of their words equal; in the order of the first of each."""
    by_keys: defaultdict[tuple[str, ...], list[list[Line]]] = defaultdict(list)
    found: list[list[Line]] = []
    for body in bodies:
        known = by_keys[tuple(token.key for token in body)]
        group = next((group for group in known if _alike(group[0], body)), None)
        if group is None:
            group = []
            known.append(group)
            found.append(group)
        group.append(body)
    return found


def _alike(first: Line, second: Line) -> bool:
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a.kind == "word"]
    return sum(_literal(a) == _literal(b) for a, b in pairs) >= _ALIKE * len(pairs)


def _literal(token: LineToken) -> str:
    """Words with digits in them are values: names of hosts, identifiers."""
    return "" if any(map(str.isdigit, token.text)) else token.text
