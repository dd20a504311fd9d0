"""What is not ours inside a list that we send: ids the server gave, and ignored fields, item by item."""

from __future__ import annotations

from ddconf.document import JSON, Path, copy
from ddconf.kind import Kind
from ddconf.plans.normalize import strip
from ddconf.plans.pair_items import identity_at, pair
from ddconf.plans.rules import Rules


def carry(kind: Kind, path: Path, desired: JSON, live: JSON, rules: Rules | None) -> JSON:
    """The desired value, with what is not compared taken from the same places of the live one.

    Widgets so keep their ids, and links to them go on working. `rules` are those at `path`.
    """
    if rules is None or type(desired) is not type(live):
        return copy(desired)
    if isinstance(desired, dict):
        kept = {key: value for key, value in live.items() if _is_dropped(rules, key)}
        ours = {
            key: carry(kind, (*path, key), value, live.get(key), rules.below(key))
            for key, value in desired.items()
            if not _is_dropped(rules, key)
        }
        return copy(kept) | ours
    if not isinstance(desired, list):
        return desired
    same = pair(
        [strip(item, rules.below(index)) for index, item in enumerate(desired)],
        [strip(item, rules.below(index)) for index, item in enumerate(live)],
        identity_at(kind, path),
    )
    return [
        carry(kind, (*path, index), item, live[same[index]] if index in same else None, rules.below(index))
        for index, item in enumerate(desired)
    ]


def _is_dropped(rules: Rules, key: str) -> bool:
    below = rules.below(key)
    return below is not None and below.dropped
