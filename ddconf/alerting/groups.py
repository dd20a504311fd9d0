"""Groups of monitors: the tags by which a query is split, with their values."""

from __future__ import annotations

from collections.abc import Collection

Group = tuple[tuple[str, str], ...]
"""In the order of the query: `(("host", "a"), ("env", "b"))`. An ungrouped monitor has the one group `()`."""

EVERYTHING: Group = ()
NOT_AVAILABLE = "N/A"
"""The value of a tag that a series does not have."""


def group_text(group: Group) -> str:
    """`host:a,env:b`; `*` for an ungrouped monitor."""
    return ",".join(f"{key}:{value}" for key, value in group) or "*"


def values_text(group: Group) -> str:
    """`a,b`; `*` for an ungrouped monitor."""
    return ",".join(value for _, value in group) or "*"


def part(group: Group, keys: Collection[str]) -> Group:
    """Only the tags with these keys."""
    return tuple(pair for pair in group if pair[0] in keys)


def tags_of(group: Group) -> tuple[str, ...]:
    return tuple(f"{key}:{value}" for key, value in group)
