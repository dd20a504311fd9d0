"""Inspect and edit the state, one verb at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from ddconf.address import Address
from ddconf.errors import DdconfError, Diagnostic
from ddconf.state.journal import load_state, recorder
from ddconf.state.model import Entry, State
from ddconf.state.protocol import Backend
from ddconf.state.serialization import read_state, write_state


def read(backend: Backend) -> State:
    """The state; raises DdconfError where there is none."""
    state = load_state(backend)
    if state is None:
        raise DdconfError(
            Diagnostic(f"there is no state {backend.name} yet", hint="apply or export makes it")
        )
    return state


def find(backend: Backend, address: Address) -> Entry:
    """The entry of an address; raises DdconfError where there is none."""
    return _entry(read(backend), address)


def move(backend: Backend, before: Address, after: Address) -> None:
    """Give an object another address; hold the lock."""
    state = read(backend)
    entry = _entry(state, before)
    if before.kind != after.kind:
        raise DdconfError(f"{before} cannot become {after}: an object keeps its kind")
    if after in state.entries:
        raise DdconfError(f"{after} is in the state already")
    with recorder(backend, state) as journal:
        journal.record(after, entry)
        journal.record(before, None)


def forget(backend: Backend, addresses: Sequence[Address]) -> None:
    """Drop entries; hold the lock. Nothing is dropped where one of them is unknown."""
    state = read(backend)
    for address in addresses:
        _entry(state, address)
    with recorder(backend, state) as journal:
        for address in addresses:
            journal.record(address, None)


def pull(backend: Backend) -> str:
    """The state as it would stand in its file, with what an interrupted run left in the journal."""
    return write_state(read(backend)).decode()


def push(backend: Backend, content: bytes, name: str, *, force: bool = False) -> State:
    """Put a state in the place of the one that is there; hold the lock.

    Refused for a state of another lineage, or one that is older; `force` allows both.
    """
    given, current = read_state(content, name), load_state(backend)
    for entry in given.entries.values():
        _ = entry.applied  # what cannot be read is refused now
    if current and not force:
        _refuse_older(given, current, name)
    serial = max(given.serial, current.serial if current else 0) + 1
    pushed = replace(given, serial=serial)
    backend.write(write_state(pushed))
    backend.clear()
    return pushed


def _refuse_older(given: State, current: State, name: str) -> None:
    if given.lineage != current.lineage:
        message = f"{name} is of another lineage ({given.lineage}) than the state here ({current.lineage})"
    elif given.serial < current.serial:
        message = f"{name} is older (serial {given.serial}) than the state here (serial {current.serial})"
    else:
        return
    hint = "keep a copy of the one here by `ddconf state pull`, then --force, if that is what you want"
    raise DdconfError(Diagnostic(message, hint=hint))


def _entry(state: State, address: Address) -> Entry:
    if address not in state.entries:
        near = get_close_matches(str(address), map(str, state.entries), n=1)
        hint = f"did you mean '{near[0]}'?" if near else "`ddconf state list` shows what there is"
        raise DdconfError(Diagnostic(f"{address} is not in the state", hint=hint))
    return state.entries[address]
