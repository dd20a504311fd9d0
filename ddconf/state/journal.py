"""Load the state, and record every finished change in a journal that is folded into it at the end."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from ddconf.address import Address
from ddconf.document import Document
from ddconf.errors import DdconfError, Diagnostic
from ddconf.state.model import DAY_SECONDS, Deletes, Entry, State
from ddconf.state.protocol import Backend
from ddconf.state.serialization import WAY_OUT, damaged, entry_from_json, entry_text, read_state, write_state


def new_state(site: str) -> State:
    """The state of an organisation that nothing was applied to yet."""
    return State(lineage=uuid.uuid4().hex, site=site)


def keep_lineage(backend: Backend, state: State) -> None:
    """Write a state that is not stored yet, before anything bears its mark: a run that dies keeps its own."""
    if state.serial == 0 and not backend.journal() and backend.read() is None:
        backend.write(write_state(state))


def load_state(backend: Backend, *, site: str | None = None) -> State | None:
    """What is stored, with what the last run left in its journal; None where there is nothing.

    Raises DdconfError for what cannot be read, and for the state of another site.
    """
    # The journal first: a run that ends meanwhile writes the state before it drops the journal.
    records = backend.journal()
    content = backend.read()
    state = read_state(content, backend.name) if content is not None else None
    state = _replay(state, records, backend.name)
    if state is not None and site is not None and state.site != site:
        message = f"the state {backend.name} belongs to {state.site}, and the keys to {site}"
        hint = "use the keys (or DD_SITE) of that site, or name another state in ddconf.yaml, per environment"
        raise DdconfError(Diagnostic(message, hint=hint))
    return state


def _replay(state: State | None, records: Sequence[bytes], name: str) -> State | None:
    """The state with the records of a run that did not end; those folded in already are passed over."""
    entries = dict(state.entries) if state else {}
    deleted = Counter[str]()
    for number, line in enumerate(records, 1):
        try:
            record = json.loads(line)
            lineage, site, serial = record["lineage"], record["site"], record["serial"]
            address = Address.parse(record["address"])
            entry = None if record["entry"] is None else entry_from_json(record["entry"])
            if (type(lineage), type(site), type(serial)) != (str, str, int):
                raise ValueError("other types than a record has")
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            raise damaged(name, f"has a journal that cannot be read, at record {number}") from None
        if state is None:
            state = State(lineage, site, serial)
        if lineage != state.lineage or serial > state.serial:
            message = f"the journal beside the state {name} belongs to another state"
            hint = f"put back the state it belongs to, or remove the journal to do without it; else {WAY_OUT}"
            raise DdconfError(Diagnostic(message, hint=hint))
        if serial < state.serial:
            continue
        if entry is not None:
            entries[address] = entry
        elif entries.pop(address, None):
            deleted[address.kind] += 1
    if state is None:
        return None
    # Whether somebody had agreed to them the journal does not tell.
    new = tuple(Deletes(int(time.time()), kind, number) for kind, number in sorted(deleted.items()))
    return replace(state, entries=entries, deletes=(*state.deletes, *new))


class Recorder:
    """Keeps the entries of a run as they change. Safe for threads; hold the backend's lock meanwhile."""

    def __init__(self, backend: Backend, state: State) -> None:
        self._backend = backend
        self._state = state
        self._entries = dict(state.entries)
        self._written = False
        self._deleted = Counter[str]()
        self._threads = threading.Lock()

    @property
    def state(self) -> State:
        return replace(self._state, entries=dict(self._entries))

    def record(self, address: Address, entry: Entry | None) -> None:
        """Note that the address has this entry now, or None; it is safe against a crash on return."""
        with self._threads:
            if entry is None:
                self._entries.pop(address, None)
            else:
                self._entries[address] = entry
            self._written = True
            self._backend.append(self._line(address, entry))

    def note_deleted(self, kind: str) -> None:
        """Count a delete that nobody has agreed to by number: limits look back a day."""
        with self._threads:
            self._deleted[kind] += 1
            self._written = True

    def take_over(self, entries: Mapping[Address, Entry]) -> None:
        """Note many entries at once; a crash before the end loses them all, so nothing may depend on them."""
        with self._threads:
            self._entries.update(entries)
            self._written = self._written or bool(entries)

    def _line(self, address: Address, entry: Entry | None) -> bytes:
        head: Document = {
            "lineage": self._state.lineage,
            "site": self._state.site,
            "serial": self._state.serial,
            "address": str(address),
        }
        text = b"null" if entry is None else entry_text(entry)
        return json.dumps(head).encode()[:-1] + b', "entry": ' + text + b"}"

    def fold(self, *, always: bool = False) -> None:
        """Write the whole state if there is anything new, and drop the journal."""
        with self._threads:
            if self._written or always:
                state = replace(
                    self._state,
                    serial=self._state.serial + 1,
                    entries=dict(self._entries),
                    deletes=self._deletes(),
                )
                self._backend.write(write_state(state))
                self._backend.clear()
                self._state = state
                self._written = False

    def _deletes(self) -> tuple[Deletes, ...]:
        """Those of the last day, with this run's, which are counted once."""
        now = int(time.time())
        kept = [item for item in self._state.deletes if item.when > now - DAY_SECONDS]
        new = [Deletes(now, kind, number) for kind, number in sorted(self._deleted.items())]
        self._deleted.clear()
        return (*kept, *new)


@contextmanager
def recorder(backend: Backend, state: State) -> Iterator[Recorder]:
    """A recorder for one run that starts from `state` as loaded; folds in at the end, come what may."""
    journal = Recorder(backend, state)
    if backend.journal():
        journal.fold(always=True)
    else:
        backend.clear()  # there may be a record that a crash cut off
    try:
        yield journal
    finally:
        journal.fold()
