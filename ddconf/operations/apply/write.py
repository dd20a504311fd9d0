"""Carry out single changes: every write of an apply, and the state entry that follows it."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from ddconf.address import Address
from ddconf.datadog.objects import crud
from ddconf.definitions import references
from ddconf.document import Document, Path, format_path
from ddconf.errors import ApiError, DdconfError, StaleError
from ddconf.kind import Kind, Live
from ddconf.operations.apply.create import Creator, is_taken, sent_with_mark
from ddconf.operations.apply.resolve import ReferenceResolver
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.change import Action, Change, ResultStatus
from ddconf.plans.comparison import as_recorded
from ddconf.plans.merge import body_for_update
from ddconf.plans.ownership import NOBODY, Ownership, owner_of
from ddconf.plans.precondition import is_as_planned, view_of
from ddconf.plans.refresh import accept
from ddconf.plans.staleness import why_unfit
from ddconf.plans.write_outcome import WriteOutcome, outcome_of
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client


class EntryRecorder(Protocol):
    """Keeps each entry as it changes, so that a killed run loses none."""

    def record(self, address: Address, entry: Entry | None) -> None: ...


@dataclass
class Writer:
    """What all writes of one apply share. Safe for threads.

    `entries` are those of the state, and are kept up to date.
    """

    client_for: Callable[[Kind], Client]
    kinds: Kinds
    entries: dict[Address, Entry]
    recorder: EntryRecorder
    secret: Callable[[str], str]
    key: bytes
    sleep: Callable[[float], object] = time.sleep
    ownership: Ownership = NOBODY
    is_alone: bool = True
    """A lock keeps other runs away."""
    recheck: bool = False
    """Some time has passed since the plan was made: look for what it creates below other objects, too."""
    written: dict[Address, Change] = field(default_factory=dict)
    """What got an answer: added to by all threads, read when they have ended, as are the next two."""
    deleted: list[tuple[Change, Entry]] = field(default_factory=list)
    """The deletes and replacements, with the entries of what they deleted."""
    rewritten: dict[Address, tuple[Path, ...]] = field(default_factory=dict)
    """The fields to which a write's answer gave a value of Datadog's own."""
    _queues: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    """One for the kinds that must be written one after another."""
    _lock: threading.Lock = field(default_factory=threading.Lock)
    """Guards `entries` and `recorder`."""

    def __post_init__(self) -> None:
        self._creator = Creator(self.client_for, self.ids, self.sleep, self.is_alone, self.ownership.put)
        self._resolver = ReferenceResolver(self.client_for, self.kinds, self.entries, self.secret)
        # Kind -> id -> address of the objects that were ours when the apply began.
        self._owned: dict[str, dict[str, Address]] = defaultdict(dict)
        for address, entry in self.entries.items():
            self._owned[address.kind][entry.id] = address

    def carry_out(self, change: Change) -> tuple[ResultStatus, str]:
        """Do one change; raises DdconfError when it failed, StaleError when the object moved."""
        self._refuse_if_unfit(change)
        match change.action:
            case Action.MANUAL:
                return ResultStatus.SKIPPED, "to be done by hand"
            case Action.FORGET:
                self._forget(change)
            case Action.NOOP:
                self._update_entry(change)
            case _:
                self._write(self.kinds(change.address.kind), change)
        return ResultStatus.DONE, ""

    def dependencies(self, change: Change) -> tuple[Address, ...]:
        """What an address used when it was last applied."""
        entry = self._entry(change)
        return entry.depends_on if entry else ()

    def _write(self, kind: Kind, change: Change) -> None:
        queue = kind.api.queue if kind.api else ""
        with self._queues[queue] if queue else threading.Lock():
            match change.action:
                case Action.CREATE:
                    self._create(kind, change)
                case Action.REPLACE:
                    self._replace(kind, change)
                case Action.DELETE:
                    self._delete(kind, change)
                    self._forget(change)
                case _:
                    self._update(kind, change)

    def _refuse_if_unfit(self, change: Change) -> None:
        kind = self.kinds(change.address.kind)
        with self._lock:
            if why := why_unfit(change, kind, self.entries, self._owned[kind.name]):
                raise StaleError(f"{change.address} does not fit the state: {why}")

    def _create(self, kind: Kind, change: Change) -> None:
        document = self._resolver.resolve(change)
        if change.action is Action.CREATE:
            self._refuse_if_there(kind, change, document)
        self._record_result(kind, change, document, self._creator.create(kind, document))

    def _refuse_if_there(self, kind: Kind, change: Change, document: Document) -> None:
        """Raise StaleError where what is to be created exists: no plan of ours makes a twin."""
        self._refuse_if_own_is_there(kind, change)
        listed = kind.api is not None and not kind.api.unlisted
        if (self.recheck or listed) and (same := self._creator.find_existing(kind, document)):
            how = (
                "was created by another hand since the plan was made"
                if self.recheck
                else "exists already, though the list that the plan was made from lacked it"
            )
            raise StaleError(f"{change.address} {how} [id={same[0].id}]: make a new plan")

    def _refuse_if_own_is_there(self, kind: Kind, change: Change) -> None:
        """Raise StaleError where the address has an object already, so it needs no other."""
        entry = self._entry(change)
        if entry is not None and crud.read(self.client_for(kind), kind, entry.id, document=entry.applied):
            raise StaleError(f"{change.address} exists already [id={entry.id}]: make a new plan")

    def _entry(self, change: Change) -> Entry | None:
        return self.entries.get(change.moved_from or change.address)

    def ids(self, kind: Kind) -> set[str]:
        """The ids of a kind's objects that are ours."""
        with self._lock:
            return {entry.id for address, entry in self.entries.items() if address.kind == kind.name}

    def _update(self, kind: Kind, change: Change) -> None:
        entry = self._entry(change)
        if change.action is Action.ADOPT and not (entry and entry.id == change.id):
            self._refuse_if_own_is_there(kind, change)
        current = self._current(kind, change)
        document = self._resolver.resolve(change)
        if change.fields or owner_of(current, self.ownership.own):
            body = body_for_update(
                kind,
                current.document,
                change.fields,
                document,
                ignore=change.ignore,
                secret_paths=references.secret_paths(change.desired),
            )
            current = self._send(kind, current, body)
        self._record_result(kind, change, document, current)

    def _send(self, kind: Kind, live: Live, body: Document) -> Live:
        client = self.client_for(kind)
        return sent_with_mark(
            self.ownership.put,
            lambda mark: crud.update(client, kind, live.id, body, live.document, mark=mark),
        )

    def _replace(self, kind: Kind, change: Change) -> None:
        """The new object before the old one goes, where there may be two, so that no gap opens."""
        old = self._read(kind, change)
        new = None
        if old is not None and self._entry(change) is not None and kind.allows_two:
            self._refuse_if_moved(kind, change, old)
            new = self._twin(kind, change)
        if new is None:
            self._delete(kind, change)
            self._create(kind, change)
        elif old is not None and new.id != old.id:
            self._delete_replaced(kind, change, old)

    def _twin(self, kind: Kind, change: Change) -> Live | None:
        """The new object beside the old one; None where Datadog refuses two of them."""
        document = self._resolver.resolve(change)
        try:
            new = self._creator.create(kind, document)
        except ApiError as error:
            if is_taken(error):
                return None
            raise
        self._record_result(kind, change, document, new)
        return new

    def _delete_replaced(self, kind: Kind, change: Change, old: Live) -> None:
        try:
            self._delete_live(kind, change, old)
        except DdconfError as error:
            message = f"{change.address} was created anew, but the old {kind.name} {old.id} is still there"
            raise DdconfError(f"{message}: {error}") from None

    def _delete(self, kind: Kind, change: Change) -> None:
        current = self._read(kind, change)
        if current is not None:
            self._refuse_if_moved(kind, change, current)
            self._delete_live(kind, change, current)

    def _delete_live(self, kind: Kind, change: Change, live: Live) -> None:
        entry = self._entry(change)
        crud.delete(self.client_for(kind), kind, live.id, live.document)
        if entry is not None:
            self.deleted.append((change, replace(entry, id=live.id)))

    def _current(self, kind: Kind, change: Change) -> Live:
        """The live object as it is now; raises StaleError if it is not what the plan saw."""
        current = self._read(kind, change)
        if current is None:
            raise StaleError(f"{change.address} was deleted since the plan was made")
        self._refuse_if_moved(kind, change, current)
        return current

    def _read(self, kind: Kind, change: Change) -> Live | None:
        entry = self._entry(change)
        known = entry.applied if entry and change.action is not Action.ADOPT else change.before
        return crud.read(self.client_for(kind), kind, change.id, document=known)

    def _refuse_if_moved(self, kind: Kind, change: Change, current: Live) -> None:
        owner = owner_of(current, self.ownership.own)
        if owner and not (self.ownership.takes_over or change.adopt):
            raise StaleError(f"{change.address} is owned by another ddconf state (tag {owner})")
        if not is_as_planned(kind, change, current.document, self.key):
            raise StaleError(f"{change.address} was changed by another hand since the plan was made")

    def _record_result(self, kind: Kind, change: Change, document: Document, shown: Live) -> None:
        """Note what a write has left; raises DdconfError where it left everything as it was."""
        outcome = self._outcome(kind, change, document, shown)
        if outcome.old and (seen := self._read(kind, change)):  # the answer may be older than the write
            shown, outcome = seen, self._outcome(kind, change, document, seen)
        if outcome.old:
            paths = ", ".join(map(format_path, outcome.old))
            raise DdconfError(f"Datadog answered 200 but kept the old value of {paths}")
        self.rewritten[change.address] = outcome.rewritten
        self._resolver.add(change.address, shown.document)
        applied, observed = as_recorded(view_of(kind, change, self.key), document, shown.document)
        self._store_entry(change, Entry(shown.id, applied, observed, change.depends_on, change.protect))
        self.written[change.address] = change

    def _outcome(self, kind: Kind, change: Change, document: Document, shown: Live) -> WriteOutcome:
        view = view_of(kind, change, self.key)
        return outcome_of(view, change, document, shown.document, self._entry(change))

    def _update_entry(self, change: Change) -> None:
        """Only the entry follows: a move, a protection, or what another hand did."""
        entry = self.entries[change.moved_from or change.address]
        if change.fields:
            entry = accept(entry, change)
        self._store_entry(
            change, Entry(entry.id, entry.applied, entry.observed, change.depends_on, change.protect)
        )

    def _store_entry(self, change: Change, entry: Entry) -> None:
        self.record(change.address, entry)
        if change.moved_from is not None:
            self.record(change.moved_from, None)

    def _forget(self, change: Change) -> None:
        self.record(change.moved_from or change.address, None)

    def record(self, address: Address, entry: Entry | None) -> None:
        """Let an address have this entry, or none."""
        with self._lock:
            if entry is None:
                self.entries.pop(address, None)
            else:
                self.entries[address] = entry
            self.recorder.record(address, entry)
