"""The three-way rule: which leaves change, and whether we or somebody else caused it."""

from __future__ import annotations

from collections.abc import Iterator

from ddconf.document import JSON, Document, Path, canonical
from ddconf.plans.change import Cause, FieldChange
from ddconf.plans.rules import ABSENT, Rules


def same(left: JSON, right: JSON) -> bool:
    """Equal as JSON: 1 equals 1.0 but not true."""
    return left is right or (bool(left == right) and _same_types(left, right))


def _same_types(left: JSON, right: JSON) -> bool:
    """Whether values that are `==` also have true and false in the same places."""
    kind = type(left)
    if kind not in _CONTAINERS:
        return kind is type(right) or bool not in (kind, type(right))
    # A loop, and texts passed over, since every value of an organisation goes through here.
    for name, value in left.items() if kind is dict else enumerate(left):
        kind = type(value)
        if kind is str or (kind is type(right[name]) and kind not in _CONTAINERS):
            continue
        if not _same_types(value, right[name]):
            return False
    return True


_CONTAINERS = frozenset((dict, list))
_NO_RULES = Rules()


def surely_same(left: JSON, right: JSON, rules: Rules | None) -> bool:
    """Whether two documents as they are would be the same normalized, without building anything.

    A false alarm is possible and only costs time; nearly every object of a plan ends here.
    """
    if left == right:
        return _same_types(left, right)
    if type(left) not in _CONTAINERS or type(left) is not type(right):
        return False
    rules = rules or _NO_RULES
    if type(left) is list:
        return len(left) == len(right) and (
            all(
                surely_same(item, right[index], rules.below(index))
                for index, item in enumerate(left)
                if not _is_dropped(rules, index)
            )
            or (rules.unordered and sorted(map(canonical, left)) == sorted(map(canonical, right)))
        )
    for name in left.keys() | right.keys():
        below = rules.below(name)
        if below is not None and below.dropped:
            continue
        if name in left and name in right:
            if not surely_same(left[name], right[name], below):
                return False
        elif not _is_nothing(left.get(name, right.get(name)), below):
            return False
    return True


def _is_dropped(rules: Rules, key: str | int) -> bool:
    below = rules.below(key)
    return below is not None and below.dropped


def _is_nothing(value: JSON, rules: Rules | None) -> bool:
    if value is None or value == {} or value == []:
        return True
    return rules is not None and rules.default is not ABSENT and same(value, rules.default)


def field_changes(
    desired: Document, live: Document, applied: Document | None, observed: Document | None
) -> tuple[FieldChange, ...]:
    """What must change for `live` to become `desired`; normalized documents, a list is one leaf.

    A difference counts only where we changed our mind (`desired` is not what was `applied`) or somebody
    else changed the object (`live` is not what was `observed` after it). Without an entry both hold.
    """
    owned = applied is not None
    return tuple(_changes((), (desired, live, applied or {}, observed or {}), owned))


_Values = tuple[JSON, JSON, JSON, JSON]
"""Desired, live, applied and observed at one path."""


def _changes(path: Path, values: _Values, owned: bool) -> Iterator[FieldChange]:
    if same(values[0], values[1]):
        return
    desired, live, applied, observed = (_leaf(value) for value in values)
    yield from _leaf_change(path, (desired, live, applied, observed), owned)
    desired, live, applied, observed = (_fields(value) for value in values)
    for name in {**desired, **live}:
        below = (desired.get(name), live.get(name), applied.get(name), observed.get(name))
        yield from _changes((*path, name), below, owned)


def _leaf_change(path: Path, values: _Values, owned: bool) -> Iterator[FieldChange]:
    desired, live, applied, observed = values
    if same(desired, live):
        return
    config = not owned or not same(desired, applied)
    drift = not owned or not same(live, observed)
    if config or drift:
        cause = Cause.BOTH if config and drift else Cause.CONFIG if config else Cause.DRIFT
        yield FieldChange(path, live, desired, cause)


def _fields(value: JSON) -> Document:
    return value if isinstance(value, dict) else {}


def _leaf(value: JSON) -> JSON:
    return None if isinstance(value, dict) else value
