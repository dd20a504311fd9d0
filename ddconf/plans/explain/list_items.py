"""Lists turned into mappings from item to item, so that what compares them compares each item with itself."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from ddconf.document import JSON, Path
from ddconf.kind import Kind
from ddconf.plans.explain.deepdiff_values import KeyPath
from ddconf.plans.pair_items import identity_at, pair, pair_last


class Item(NamedTuple):
    """The key of a list's item: its index before and after; None where it is not there."""

    old: int | None
    new: int | None
    is_moved: bool = False


Aligned = dict[Item, JSON]
"""A list of one side: its items under keys that both sides share."""


def align(kind: Kind, path: Path, before: JSON, after: JSON) -> tuple[JSON, JSON]:
    """Both values with every list made an Aligned one, at any depth; items that went come first."""
    if isinstance(before, dict) and isinstance(after, dict):
        both = {key: align(kind, (*path, key), before[key], after[key]) for key in before if key in after}
        return (
            {key: both[key][0] if key in both else value for key, value in before.items()},
            {key: both[key][1] if key in both else value for key, value in after.items()},
        )
    if isinstance(before, list) and isinstance(after, list):
        return _align_lists(kind, path, before, after)
    return before, after


def _align_lists(kind: Kind, path: Path, before: list[JSON], after: list[JSON]) -> tuple[Aligned, Aligned]:
    left: Aligned = {}
    right: Aligned = {}
    for item in items_of(kind, path, before, after):
        if item.old is not None and item.new is not None:
            place = (*path, item.new)
            left[item], right[item] = align(kind, place, before[item.old], after[item.new])
        elif item.old is not None:
            left[item] = before[item.old]
        elif item.new is not None:
            right[item] = after[item.new]
    return left, right


def items_of(kind: Kind, path: Path, before: Sequence[JSON], after: Sequence[JSON]) -> list[Item]:
    """Which item of one list is which of the other: those that went, then the others in their new order."""
    identity = identity_at(kind, path)
    pairs = pair(before, after, identity)
    if identity is None:
        pair_last(pairs, before, after)
    old = {new: index for index, new in pairs.items()}
    moved = _moved([old.get(index) for index in range(len(after))])
    gone = [Item(index, None) for index in range(len(before)) if index not in pairs]
    return gone + [Item(old.get(index), index, index in moved) for index in range(len(after))]


def keys_of(left: JSON, right: JSON) -> list[Any]:
    """The keys of two mappings, or the items of two aligned lists: those that went, then in the new order."""
    keys = {**left, **right}
    return sorted(keys, key=_rank) if any(isinstance(key, Item) for key in keys) else list(keys)


def _rank(item: Item) -> tuple[bool, int]:
    return item.new is not None, (item.old or 0) if item.new is None else item.new


def moves(value: JSON, place: KeyPath = ()) -> Iterator[KeyPath]:
    """The places of lists in which items moved, in a value that `align` made."""
    if isinstance(value, dict):
        if any(isinstance(key, Item) and key.is_moved for key in value):
            yield place
        for key, below in value.items():
            yield from moves(below, (*place, key))


def _moved(old: Sequence[int | None]) -> set[int]:
    """New indexes of the items that moved: as few as possible, the others keep their order.

    `old` gives the former index of each item, None for new ones. Those that stay are a longest increasing
    subsequence. https://en.wikipedia.org/wiki/Longest_increasing_subsequence
    """
    ends: list[int] = []
    tails: list[int] = []
    before: dict[int, int | None] = {}
    for index, was in enumerate(old):
        if was is None:
            continue
        length = bisect_left(ends, was)
        before[index] = tails[length - 1] if length else None
        ends[length : length + 1] = [was]
        tails[length : length + 1] = [index]
    stays: set[int] = set()
    index_ = tails[-1] if tails else None
    while index_ is not None:
        stays.add(index_)
        index_ = before[index_]
    return {index for index, was in enumerate(old) if was is not None and index not in stays}
