"""Which item of one list is which of another: by identity, by equality, else by likeness."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ddconf.document import JSON, canonical, get, parse_path
from ddconf.kind import Kind
from ddconf.plans.rules import matches

LIKE = 0.5
"""From this share of common leaves on, two items are versions of one."""
_MOST = 4000
"""So many comparisons are made for likeness; beyond, what is left over counts as new."""


def identity_at(kind: Kind, path: Sequence[str | int]) -> str | None:
    """The field that tells the items of the list at this path apart."""
    for pattern, field in kind.identity.items():
        if matches(parse_path(pattern), path):
            return field
    return None


def pair(left: Sequence[JSON], right: Sequence[JSON], identity: str | None = None) -> dict[int, int]:
    """Index in `left` -> index in `right` of the same item; what is in one list alone is left out."""
    pairs: dict[int, int] = {}
    if identity is not None:
        field = parse_path(identity)
        _pair_by(
            pairs, [_text(get(item, field)) for item in left], [_text(get(item, field)) for item in right]
        )
    _pair_by(pairs, [canonical(item) for item in left], [canonical(item) for item in right])
    _pair_alike(pairs, left, right)
    return pairs


def _text(value: JSON) -> str | None:
    return None if value is None else canonical(value)


def _pair_by(pairs: dict[int, int], left: Sequence[str | None], right: Sequence[str | None]) -> None:
    """Pair what is equal and not yet paired, in order; None has no equal."""
    taken = set(pairs.values())
    places: dict[str, list[int]] = defaultdict(list)
    for index, value in enumerate(right):
        if index not in taken and value is not None:
            places[value].append(index)
    for index, value in enumerate(left):
        if index not in pairs and value is not None and (free := places.get(value)):
            pairs[index] = free.pop(0)


def _pair_alike(pairs: dict[int, int], left: Sequence[JSON], right: Sequence[JSON]) -> None:
    taken = set(pairs.values())
    ours = {i: leaves(item) for i, item in enumerate(left) if i not in pairs and isinstance(item, dict)}
    theirs = {i: leaves(item) for i, item in enumerate(right) if i not in taken and isinstance(item, dict)}
    if len(ours) * len(theirs) > _MOST:
        return
    scores = sorted(
        ((likeness(a, b), -abs(i - j), -i, -j) for i, a in ours.items() for j, b in theirs.items()),
        reverse=True,
    )
    for score, _, minus_i, minus_j in scores:
        i, j = -minus_i, -minus_j
        if score >= LIKE and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def pair_last(pairs: dict[int, int], left: Sequence[JSON], right: Sequence[JSON]) -> None:
    """Pair the one item left over on each side if they have one shape, which is good enough to show them.

    Small items have little in common even where one is the other changed.
    """
    ours = [index for index in range(len(left)) if index not in pairs]
    theirs = list(set(range(len(right))) - set(pairs.values()))
    if len(ours) == len(theirs) == 1:
        one, other = left[ours[0]], right[theirs[0]]
        if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
            pairs[ours[0]] = theirs[0]


def likeness(left: set[str], right: set[str]) -> float:
    """The share of leaves that two items have in common, from 0 to 1."""
    return 2 * len(left & right) / (len(left) + len(right) or 1)


def leaves(item: JSON) -> set[str]:
    """Every leaf with the keys above it; indexes are left out, since items move."""
    return set(_leaves(item, ""))


def _leaves(value: JSON, above: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _leaves(below, f"{above}.{key}")
    elif isinstance(value, list):
        for below in value:
            yield from _leaves(below, above)
    else:
        yield f"{above}={canonical(value)}"
