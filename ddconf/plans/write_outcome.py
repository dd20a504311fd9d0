"""What became of a write: each field that it should change holds its new value, its old one, or a third."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto
from itertools import zip_longest

from ddconf.document import JSON, Document, Path, get, parse_path, walk
from ddconf.plans.change import Action, Change
from ddconf.plans.comparison import NormalizationContext, digests, list_of, only, put_or_remove
from ddconf.plans.normalize import is_digest
from ddconf.plans.three_way import same
from ddconf.state.model import Entry


@dataclass(frozen=True, slots=True)
class WriteOutcome:
    """Fields that still have their `old` value after a write, and those `rewritten` to one of Datadog's."""

    old: tuple[Path, ...] = ()
    rewritten: tuple[Path, ...] = ()


class _Field(Enum):
    """What one field shows after a write."""

    NEW = auto()
    OLD = auto()
    REWRITTEN = auto()
    USUAL = auto()
    """A value of Datadog's, as it gave one before, or nothing, as with what can only be written."""


@dataclass(frozen=True, slots=True)
class _Values:
    """What was sent and is shown since, and what the entry before the write had."""

    sent: JSON
    shown: JSON
    applied: JSON
    observed: JSON

    def at(self, path: Path) -> _Values:
        found = (get(one, path) for one in (self.sent, self.shown, self.applied, self.observed))
        return _Values(*found)


def outcome_of(
    view: NormalizationContext, change: Change, sent: Document, shown: Document, entry: Entry | None
) -> WriteOutcome:
    """Hold what was sent against what is `shown` since; `entry` is the one before the write.

    What Datadog shows otherwise than it was applied before is its habit, which was told then. An adoption
    and a create have no such past, so nothing but a rewrite can be said of them.
    """
    values = _normalized(view, sent, shown, entry)
    found: dict[_Field, list[Path]] = {one: [] for one in _Field}
    for path, before in _written(change, values.sent):
        found[_field(change.action, values.at(path), before)].append(path)
    return WriteOutcome(tuple(found[_Field.OLD]), tuple(found[_Field.REWRITTEN]))


def _field(action: Action, at: _Values, before: JSON) -> _Field:
    is_old = same(at.shown, before)
    if at.sent is None:  # where nothing is asked for, Datadog's default may be what was there
        return _Field.REWRITTEN if is_old and before is not None else _Field.NEW
    habits = list(_differences(at))
    if not habits:
        return _Field.NEW
    if is_old and action is Action.UPDATE and not all(habits):
        # What was not there before and is not there now may be a field that Datadog never shows.
        return _Field.REWRITTEN if before is None else _Field.OLD
    if at.shown is None or (all(habits) and not is_old):
        return _Field.USUAL
    return _Field.REWRITTEN


def _written(change: Change, sent: JSON) -> Iterator[tuple[Path, JSON]]:
    """What the write was to change, with its value before."""
    if change.fields:
        yield from ((field.path, field.before) for field in change.fields)
    elif change.action in (Action.CREATE, Action.REPLACE):
        yield from ((path, None) for path, _ in walk(sent))


def _normalized(view: NormalizationContext, sent: Document, shown: Document, entry: Entry | None) -> _Values:
    if entry is not None:
        view = replace(view, secret_paths=(*view.secret_paths, *digests(entry.applied)))
    values = _Values(
        view.normalize(sent),
        view.normalize(shown),
        view.normalize(entry.applied) if entry else {},
        view.normalize(entry.observed) if entry else {},
    )
    for path in map(parse_path, view.kind.shared_lists):
        at = values.at(path)
        put_or_remove(values.shown, path, only(at.shown, [*list_of(at.sent), *list_of(at.applied)]))
    return values


def _differences(at: _Values) -> Iterator[bool]:
    """For each value that is not shown as it was sent: whether Datadog did so before.

    What Datadog adds to it, such as a default, is not a difference.
    """
    if is_digest(at.sent) or same(at.sent, at.shown):
        return
    if isinstance(at.sent, dict) and isinstance(at.shown, dict):
        for key in at.sent:
            yield from _differences(at.at((key,)))
    elif isinstance(at.sent, list) and isinstance(at.shown, list) and len(at.sent) == len(at.shown):
        for four in zip_longest(at.sent, at.shown, list_of(at.applied), list_of(at.observed)):
            yield from _differences(_Values(*four)) if four[0] is not None else ()
    elif isinstance(at.applied, list) and isinstance(at.observed, list):
        yield len(at.applied) != len(at.observed)
    else:
        yield not same(at.applied, at.observed)
