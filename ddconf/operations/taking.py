"""Live objects made into definitions and state entries, each as it arrives."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter

from ddconf.address import Address
from ddconf.datadog import schema
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.document import Document, copy, drop, parse_path
from ddconf.errors import Diagnostic
from ddconf.kind import Kind, Live
from ddconf.operations.export import Survey, edges_of_circles, without
from ddconf.operations.export_files import Files
from ddconf.operations.fetch import Kinds
from ddconf.operations.present import of_ours, present
from ddconf.plans.comparison import View
from ddconf.plans.matching import Match
from ddconf.plans.refresh import accept, refresh
from ddconf.state.state import Entry, State
from ddconf.state.text import compact


@dataclass
class Taking:
    """What an export has taken so far; `written` is told of each text that is all of a new file.

    `entries` are those that the state has not, or has otherwise.
    """

    state: State
    defined: Mapping[Address, Definition]
    kinds: Kinds
    survey: Survey
    files: Files
    written: Callable[[str], object]
    entries: dict[Address, Entry] = field(default_factory=dict)
    taken: dict[Address, Live] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    _needs: dict[Address, tuple[Address, ...]] = field(default_factory=dict)

    def each(self, items: Iterator[Live]) -> Iterator[Live]:
        """The objects as they arrive, the chosen ones taken; one that cannot be stops no other."""
        for item in items:
            if (address := self.survey.addresses.get((item.kind, item.id))) is not None:
                try:
                    self._take(address, item)
                except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                    message = f"{item.kind} {item.id} has a shape that cannot be written: {error}"
                    self.problems.append(Diagnostic(message))
            yield item

    def document(self, address: Address) -> Document:
        """The definition of what was taken."""
        item, names = self.taken[address], self.survey.names
        return present(self.kinds(item.kind), self._ours(item) or {}, names.ids, names.handles)

    def state_before(self) -> State:
        """The state as if what is defined had been taken over already, to see where it differs."""
        entries = {**self.state.entries, **self.entries}
        known = {address: entry for address, entry in entries.items() if address in self.defined}
        return replace(self.state, entries=known)

    def accept(self, addresses: set[Address]) -> None:
        """Note that what another hand did to these is asked for from now on."""
        for address in addresses & self.state.entries.keys():
            entry, item = self.state.entries[address], self.taken[address]
            match = Match(address, self.defined[address], entry, item)
            change = refresh(match, entry, self.kinds(item.kind), self.state.lineage.encode())
            if change is not None:
                self.entries[address] = compact(accept(entry, change))

    def break_circles(self) -> Mapping[Address, Collection[Address]]:
        """Leave the ids where references would go in a circle; tells where."""
        circles = edges_of_circles(self._needs)
        names = self.survey.names
        for address, others in circles.items():
            kind, document = self.kinds(address.kind), self._ours(self.taken[address]) or {}
            self._write(address, present(kind, document, without(names.ids, others), names.handles), document)
        return circles

    def levels(self) -> Iterator[tuple[Address, ...]]:
        """The new definitions, each after all that it refers to; there are no circles any more."""
        sorter = TopologicalSorter(
            {address: [one for one in needs if one in self._needs] for address, needs in self._needs.items()}
        )
        sorter.prepare()
        while ready := sorter.get_ready():
            yield ready
            sorter.done(*ready)

    def forget(self, lost: Collection[Address]) -> None:
        """Give up what no file could hold: an entry without a definition would have the object deleted."""
        for address in lost:
            self.taken.pop(address, None)
            self.entries.pop(address, None)

    def _take(self, address: Address, item: Live) -> None:
        kind, names = self.kinds(item.kind), self.survey.names
        if (document := self._ours(item)) is None:
            return
        if (definition := self.defined.get(address)) is not None:
            self.taken[address] = item
            if address not in self.state.entries:
                self._note(kind, address, item, document, references.needs(definition.document))
            return
        shown = present(kind, document, names.ids, names.handles)
        if not shown and schema.required(kind):
            return  # settings that nobody has made yet
        self.taken[address] = item
        if (text := self._write(address, shown, document)) is not None:
            self.written(text)

    def _write(self, address: Address, shown: Document, document: Document) -> str | None:
        needs = self._needs[address] = references.needs(shown)
        if address not in self.state.entries:
            self._note(self.kinds(address.kind), address, self.taken[address], document, needs)
        return self.files.add(address, shown)

    def _note(
        self, kind: Kind, address: Address, item: Live, document: Document, needs: tuple[Address, ...]
    ) -> None:
        """Make the entry: what is live counts as applied, but for secrets, which nobody knows."""
        observed = View(kind, (), (), self.state.lineage.encode()).normalize(document)
        applied = observed
        if kind.secrets:
            applied = copy(observed)
            for pattern in kind.secrets:
                drop(applied, parse_path(pattern))
        self.entries[address] = compact(Entry(item.id, applied, observed, needs))

    def _ours(self, item: Live) -> Document | None:
        return of_ours(self.kinds(item.kind), item.document, self.survey.names.ids)
