"""Links to pages in texts, such as notes of dashboards: the id in them becomes a reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from ddconf.document import JSON
from ddconf.kind import Kind, find_kind, kind_names

_ID = r"[\w-]+"


@cache
def page_starts() -> re.Pattern[bytes]:
    """What every link begins with, in a packed document."""
    return re.compile(b"|".join(re.escape(start).encode() for start in _kinds_by_start()))


def with_links(value: JSON, kind: Kind, own: str, ids: Mapping[tuple[str, str], object]) -> JSON:
    """The value of an object of this kind with `/dashboard/${dashboard.x}` for `/dashboard/abc-def-ghi`.

    Links to itself (`own` is its id) and to kinds that refer to its own stay: they would go in a circle.
    """
    if isinstance(value, str):
        return _starts().sub(lambda found: _written(found, kind, own, ids), value) if "/" in value else value
    if isinstance(value, dict):
        return {key: with_links(item, kind, own, ids) for key, item in value.items()}
    return [with_links(item, kind, own, ids) for item in value] if isinstance(value, list) else value


def _written(found: re.Match[str], kind: Kind, own: str, ids: Mapping[tuple[str, str], object]) -> str:
    start, id_ = found.groups()
    for target in _kinds_by_start()[start]:
        named = ids.get((target, id_))
        if named is None or (target == kind.name and id_ == own) or kind.name in _referred(target):
            continue
        return f"{start}${{{named}}}"
    return found[0]


@cache
def _referred(name: str) -> frozenset[str]:
    """The kinds that objects of this one refer to by their fields."""
    return frozenset(one.partition(".")[0] for _, targets in find_kind(name).targets for one in targets)


@cache
def _starts() -> re.Pattern[str]:
    starts = "|".join(map(re.escape, sorted(_kinds_by_start(), key=len, reverse=True)))
    return re.compile(rf"({starts})({_ID})")


@cache
def _kinds_by_start() -> Mapping[str, tuple[str, ...]]:
    """What stands before the id in the pages of kinds, where nothing but the id tells one from another."""
    found: dict[str, tuple[str, ...]] = {}
    for kind in map(find_kind, kind_names()):
        start, has_id, rest = kind.page.partition("{id}")
        if has_id and "{" not in start + rest:
            found[start] = (*found.get(start, ()), kind.name)
    return found
