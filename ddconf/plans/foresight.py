"""What a plan will leave as it is, found while the rest of the organisation is still being read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import Future

from ddconf.address import Address
from ddconf.definitions.definition import Definition
from ddconf.kind import Live
from ddconf.plans.decision import Wanted, decide
from ddconf.plans.matching import Kinds, Match
from ddconf.plans.settled import Settled, fingerprint
from ddconf.state.state import State


class Foresight:
    """Compares objects one by one as they arrive; `unchanged` are those that need nothing.

    What is looked at cannot depend on what has not arrived yet: definitions without references, whose objects
    the state names. All else is left to the plan.
    """

    def __init__(self, state: State, kinds: Kinds, settled: Settled) -> None:
        self._state, self._kinds, self._settled = state, kinds, settled
        self._owners = {(address.kind, entry.id): address for address, entry in state.entries.items()}
        self._definitions: Future[Mapping[Address, Definition]] = Future()
        self.unchanged: dict[Address, Live] = {}

    def begin(self, definitions: Mapping[Address, Definition]) -> None:
        """Say what to compare with; `look` waits for it."""
        self._definitions.set_result(definitions)

    def end(self) -> None:
        """There is nothing to compare with; whoever waits goes on."""
        self._definitions.cancel()

    def glance(self, items: Iterable[Live]) -> None:
        """Look at some if that can be done without waiting."""
        if self._definitions.done():
            for live in items:
                self.look(live)

    def look(self, live: Live) -> None:
        """Compare one, unless that was done before."""
        definitions = self._definitions.result()
        address = self._owners.get((live.kind, live.id))
        definition = definitions.get(address) if address else None
        if address is None or definition is None or definition.refers or self.unchanged.get(address) is live:
            return
        kind = self._kinds(live.kind)
        if not kind.key:
            return
        match = Match(address, definition, self._state.entries[address], live)
        seen = fingerprint(match, kind, self._state.lineage, [])
        if seen not in self._settled.before:
            wanted = Wanted(definition, definition.document, (), ())
            if decide(match, wanted, kind, self._state.lineage.encode()) is not None:
                return
        self.unchanged[address] = live
        if seen is not None:
            self._settled.now.add(seen)
