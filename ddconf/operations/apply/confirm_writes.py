"""What was written, seen again: one list of each kind at the end of an apply, against the answers it got."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ddconf.datadog.objects import crud
from ddconf.document import Document, canonical, format_path, get
from ddconf.errors import DdconfError
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change, Result, ResultStatus
from ddconf.plans.comparison import NormalizationContext, digests, normalized_live
from ddconf.plans.three_way import same
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.operations.apply.write import Writer

PAUSES_SECONDS = (0.5, 1.5, 4.0)
"""A list that contradicts an answer may only be late: how long to wait before each further look."""

Shown = dict[str, Document]
"""The objects of a kind by id."""


def confirm(writer: Writer) -> Iterator[Result]:
    """Yield a failure for each change that a list does not show; note how it shows the others.

    A write's answer is not always what a read gives, and entries keep what reads give.
    """
    changes: dict[str, list[Change]] = defaultdict(list)
    for change in (*writer.written.values(), *(change for change, _ in writer.deleted)):
        changes[change.address.kind].append(change)
    for name in sorted(changes):
        kind = writer.kinds(name)
        if kind.api is None or kind.api.list is None or not kind.key:
            continue
        try:
            shown = _agreed(writer, kind, changes[name])
        except DdconfError:
            continue  # the answers to the writes stand
        yield from _undeleted(writer, kind, shown)
        yield from _not_created(writer, kind, shown)
        if not kind.api.summary:
            yield from _unchanged(writer, kind, shown)


def _agreed(writer: Writer, kind: Kind, changes: Sequence[Change]) -> Shown:
    """The list of a kind, asked for again while it contradicts an answer."""
    shown = _listed(writer, kind, changes)
    for pause in PAUSES_SECONDS:
        if not _contradicts(writer, kind, shown):
            break
        writer.sleep(pause)
        shown = _listed(writer, kind, changes)
    return shown


def _listed(writer: Writer, kind: Kind, changes: Sequence[Change]) -> Shown:
    entries = [writer.entries[change.address] for change in changes if change.address in writer.entries]
    hints = [(entry.id, entry.applied) for entry in entries]
    hints += [(entry.id, entry.applied) for _, entry in _deleted(writer, kind)]
    expected = len(writer.ids(kind))
    listed = crud.list_all(writer.client_for(kind), kind, hints=hints, expected=expected)
    return {item.id: item.document for item in listed}


def _contradicts(writer: Writer, kind: Kind, shown: Shown) -> bool:
    if any(entry.id in shown for _, entry in _deleted(writer, kind)):
        return True
    if kind.api and kind.api.summary:
        return False
    return any(
        entry.id not in shown or _old_fields(change, entry, _observed(writer, kind, entry, shown[entry.id]))
        for change, entry in _written(writer, kind)
    )


def _undeleted(writer: Writer, kind: Kind, shown: Shown) -> Iterator[Result]:
    for change, entry in _deleted(writer, kind):
        if entry.id in shown:
            if writer.entries.get(change.address) is None:
                writer.record(change.moved_from or change.address, entry)
            yield _failed(change, f"Datadog accepted the delete, but still lists {kind.name} {entry.id}")


def _not_created(writer: Writer, kind: Kind, shown: Shown) -> Iterator[Result]:
    """New objects that neither the list nor a read by id shows; a list may be late."""
    for change, entry in _written(writer, kind):
        if change.action not in (Action.CREATE, Action.REPLACE) or entry.id in shown:
            continue
        try:
            found = crud.read(writer.client_for(kind), kind, entry.id, document=entry.applied)
        except DdconfError:
            continue  # the answer to the create stands
        if found is None:
            yield _failed(change, f"Datadog accepted the create, but has no {kind.name} {entry.id}")


def _unchanged(writer: Writer, kind: Kind, shown: Shown) -> Iterator[Result]:
    for change, entry in _written(writer, kind):
        if entry.id not in shown:
            continue
        observed = _observed(writer, kind, entry, shown[entry.id])
        if old := _old_fields(change, entry, observed):
            # The entry keeps the answer, so that the next plan sees the difference.
            yield _failed(change, f"Datadog accepted the change, but still lists the old value of {old}")
        elif canonical(observed) != canonical(entry.observed):
            writer.record(change.address, replace(entry, observed=observed))


def _written(writer: Writer, kind: Kind) -> list[tuple[Change, Entry]]:
    """The kind's changes that got an answer, with the entries that they left."""
    return [
        (change, writer.entries[address])
        for address, change in sorted(writer.written.items())
        if address.kind == kind.name and address in writer.entries
    ]


def _deleted(writer: Writer, kind: Kind) -> list[tuple[Change, Entry]]:
    """The kind's changes that deleted an object, with the entries that it had.

    An id that is ours again is that of a new object: some ids are names.
    """
    ours = writer.ids(kind)
    of_kind = (item for item in writer.deleted if item[0].address.kind == kind.name)
    return [(change, entry) for change, entry in of_kind if entry.id not in ours]


def _observed(writer: Writer, kind: Kind, entry: Entry, document: Document) -> Document:
    view = NormalizationContext(kind, (), digests(entry.applied), writer.key)
    return normalized_live(view, entry.applied, document)


def _old_fields(change: Change, entry: Entry, observed: Document) -> str:
    """The fields that a list shows with their value before the write, though its answer had another."""
    old = (
        format_path(field.path)
        for field in change.fields
        if field.before is not None
        and same(get(observed, field.path), field.before)
        and not same(get(entry.observed, field.path), field.before)
    )
    return ", ".join(old)


def _failed(change: Change, error: str) -> Result:
    return Result(change, ResultStatus.FAILED, error)
