"""Look into the state and mend it, one verb at a time."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ddconf.address import Address
from ddconf.errors import DdconfError, Diagnostic
from ddconf.state.backend import Backend
from ddconf.state.state import Entry, State
from ddconf.state.store import load_state, recorder


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


def _entry(state: State, address: Address) -> Entry:
    if address not in state.entries:
        near = get_close_matches(str(address), map(str, state.entries), n=1)
        hint = f"did you mean {near[0]}?" if near else "`ddconf state list` shows what there is"
        raise DdconfError(Diagnostic(f"{address} is not in the state", hint=hint))
    return state.entries[address]
