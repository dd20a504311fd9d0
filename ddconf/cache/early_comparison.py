"""What a plan will do, found while the rest of the organisation is still being read."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Self

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints, fingerprint
from ddconf.definitions.definition import Definition
from ddconf.errors import Diagnostic
from ddconf.kind import Live
from ddconf.plans.change import Change
from ddconf.plans.decision import ResolvedDefinition, decide
from ddconf.plans.matching import Kinds, Match
from ddconf.state.model import State

EarlyResult = tuple[Live, Change | Diagnostic | None]
"""A live object, and what must be done for it to be as defined."""


class EarlyComparison:
    """Compares objects one by one as they arrive; `results` has each with what `decide` says of it.

    What is compared cannot depend on what has not arrived yet: definitions without references, whose objects
    the state names. All else is left to the plan.

    As a context, it lets whoever waits go on when the context ends, with or without definitions. The thread
    that loads calls `set_definitions`, those that read call `offer` and `compare`.
    """

    def __init__(self, state: State, kinds: Kinds, unchanged: UnchangedFingerprints) -> None:
        self._state, self._kinds, self._unchanged = state, kinds, unchanged
        self._owners = {(address.kind, entry.id): address for address, entry in state.entries.items()}
        self._definitions: Future[Mapping[Address, Definition]] = Future()
        # No locks: one step of a deque or a dict is whole by itself. If two threads compare the same object,
        # they find the same.
        self._offered: deque[Iterable[Live]] = deque()
        self._begun: dict[Address, Live] = {}
        self.results: dict[Address, EarlyResult] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.cancel()

    def set_definitions(self, definitions: Mapping[Address, Definition]) -> None:
        """Say what to compare with, and compare what already exists; `compare` waits for it."""
        self._definitions.set_result(definitions)
        self.offer(())

    def cancel(self) -> None:
        """Nothing more is there to compare with; whoever waits goes on."""
        self._definitions.cancel()

    def offer(self, items: Iterable[Live]) -> None:
        """Compare some as soon as that can be done without waiting."""
        self._offered.append(items)
        while self._definitions.done() and (waiting := self._next()) is not None:
            for live in waiting:
                self.compare(live)

    def _next(self) -> Iterable[Live] | None:
        with suppress(IndexError):  # two threads may come for the last
            return self._offered.popleft()
        return None

    def compare(self, live: Live) -> None:
        """Compare one, unless that was done before."""
        definitions = self._definitions.result()
        address = self._owners.get((live.kind, live.id))
        definition = definitions.get(address) if address else None
        if address is None or definition is None or definition.refers:
            return
        if self._begun.get(address) is live:
            return  # here, or on another thread, which is waited for before there is a plan
        self._begun[address] = live
        kind = self._kinds(live.kind)
        if not kind.key:
            return
        match = Match(address, definition, self._state.entries[address], live)
        traced = fingerprint(match, kind, self._state.lineage, [])
        decision = None
        if traced not in self._unchanged.previous:
            wanted = ResolvedDefinition(definition, definition.document, (), ())
            decision = decide(match, wanted, kind, self._state.lineage.encode())
        self.results[address] = (live, decision)
        if decision is None and traced is not None:
            self._unchanged.current.add(traced)
