"""Lists that others add to as well, such as orders: our items are put among theirs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from ddconf.document import JSON, canonical


def place(live: Sequence[JSON], ours: Sequence[JSON]) -> list[JSON]:
    """The live list with our items in our order; theirs stay where they are.

    Ours fill the places that ours have. One that is not live yet goes behind the one before it in our
    order, or before the one behind it, or to the end. Of ours, none stands there twice.
    """
    distinct = {canonical(item): item for item in ours}
    ours, there = list(distinct.values()), {canonical(item) for item in live}
    filling = iter([item for item in ours if canonical(item) in there])
    placed: list[JSON] = []
    for item in live:
        placed += islice(filling, 1) if canonical(item) in distinct else [item]
    behind: int | None = None
    for index, item in enumerate(ours):
        if canonical(item) not in there:
            placed.insert(_spot(placed, ours, index, behind), item)
        behind = _index(placed, item)
    return placed


def _spot(placed: Sequence[JSON], ours: Sequence[JSON], index: int, behind: int | None) -> int:
    if behind is not None:
        return behind + 1
    following = (_index(placed, item) for item in ours[index + 1 :])
    return next((spot for spot in following if spot is not None), len(placed))


def _index(items: Sequence[JSON], wanted: JSON) -> int | None:
    text = canonical(wanted)
    return next((index for index, item in enumerate(items) if canonical(item) == text), None)
