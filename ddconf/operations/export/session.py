"""Live objects made into definitions and state entries, each as it arrives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from graphlib import TopologicalSorter

from ddconf.address import Address
from ddconf.cache.store import Cache
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.yaml import write
from ddconf.document import Document, pack
from ddconf.errors import Diagnostic
from ddconf.kind import Live
from ddconf.kind.mark import mark_of
from ddconf.kind.page import object_page
from ddconf.operations.export.as_definition import present, without_foreign_items
from ddconf.operations.export.files import Files
from ddconf.operations.export.known_secrets import NO_SECRETS, KnownSecrets
from ddconf.operations.export.one_object import PROTECTED, ExportedObject, ExportTask, entry_line
from ddconf.operations.export.parallel import ExportWorkers
from ddconf.operations.export.selection import Survey, edges_of_circles, without
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.change import Action, Change
from ddconf.plans.matching import Match
from ddconf.plans.ownership import owner_of
from ddconf.plans.refresh import accept, refresh
from ddconf.state.model import Entry, State
from ddconf.state.serialization import compact


@dataclass
class ExportSession:
    """What an export has taken so far; `workers` do what is to be done for each new definition.

    `entries` are those that the state has not, or has otherwise; `unchanged` are fingerprints of what was
    compared already, `parsed` has what files hold for whoever loads them.
    """

    state: State
    defined: Mapping[Address, Definition]
    kinds: Kinds
    survey: Survey
    files: Files
    workers: ExportWorkers
    parsed: Cache
    secrets: KnownSecrets = NO_SECRETS
    adopt: bool = False
    """Take what another state owns, too."""
    of_others: dict[Address, str] = field(default_factory=dict)
    """What was left to the state that owns it, with its mark."""
    site: str = ""
    entries: dict[Address, Entry] = field(default_factory=dict)
    taken: dict[Address, Live] = field(default_factory=dict)
    problems: list[Diagnostic] = field(default_factory=list)
    unchanged: set[bytes] = field(default_factory=set)
    _begun: dict[Address, Live] = field(default_factory=dict)
    _needs: dict[Address, tuple[Address, ...]] = field(default_factory=dict)
    _refused: set[Address] = field(default_factory=set)

    def add(self, item: Live) -> None:
        """Take an object that has arrived, if it is one of those to export."""
        if (address := self.survey.addresses.get((item.kind, item.id))) is not None:
            if owner := self._owner(address, item):
                self.of_others[address] = owner
                self._refused.add(address)
                return
            self._take(address, item)
            self.write(self.workers.finished())  # files are written while the rest is read

    def _owner(self, address: Address, item: Live) -> str:
        """The mark of the state to which the object is left."""
        known = self.state.entries.get(address)
        if self.adopt or (known is not None and known.id == item.id):
            return ""
        return owner_of(item, mark_of(self.state.lineage))

    def write(self, results: Iterable[ExportedObject]) -> None:
        """Write what was made of objects, and remember it."""
        for done in results:
            address = Address(done.kind, done.name)
            if done.problem:
                self.problems.append(Diagnostic(done.problem))
            if not done.text:
                continue
            item = self._begun[address]
            if self.secrets.in_text(done.text) and (problem := self._problem(address, item)):
                self.problems.append(problem)
                self._refused.add(address)
                continue
            self.taken[address] = item
            needs = self._needs[address] = tuple(map(Address.parse, done.needs))
            self.files.add(address, done.text, needs)
            self.entries[address] = Entry.stored(item.id, needs, self._is_protected(address), done.line)
            if done.parsed:
                self.parsed.put(*done.parsed)
            if done.unchanged:
                self.unchanged.add(done.unchanged)

    def document(self, address: Address) -> Document:
        """The definition of what was taken."""
        return self._present(self.taken[address])

    def _present(self, item: Live) -> Document:
        names = self.survey.names
        return present(self.kinds(item.kind), self._ours(item) or {}, names.ids, names.handles)

    def _problem(self, address: Address, item: Live) -> Diagnostic | None:
        return self.secrets.problem(address, self._present(item))

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
        """Leave the ids where references would go in a circle, which is told, or to what is not written."""
        circles = edges_of_circles(self._needs)
        names = self.survey.names
        cut = {address: self._refused & set(needs) for address, needs in self._needs.items()}
        for address in [address for address, others in cut.items() if others or address in circles]:
            others = cut[address] | set(circles.get(address, ()))
            kind, item = self.kinds(address.kind), self.taken[address]
            document = self._ours(item) or {}
            shown = present(kind, document, without(names.ids, others), names.handles)
            needs = self._needs[address] = references.needs(shown)
            if protected := self._is_protected(address):
                shown = {**PROTECTED, **shown}
            comment = object_page(kind, item.document, item.id, self.site)
            self.files.add(address, write.definition(address, shown, comment), needs)
            self.entries[address] = self._entry(item, document, needs, protected=protected)
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

    def state_only(self, changes: Iterable[Change]) -> dict[Address, Entry]:
        """The entries that what the definitions refer to, as they stand now, has made outdated."""
        kept_up = (one for one in changes if one.action is Action.NOOP and not one.fields)
        return {
            one.address: replace(self._known(one.address), depends_on=one.depends_on, protected=one.protect)
            for one in kept_up
            if one.address in self.taken and one.moved_from is None
        }

    def _known(self, address: Address) -> Entry:
        return self.entries.get(address) or self.state.entries[address]

    def forget(self, lost: Collection[Address]) -> None:
        """Give up what no file could hold: an entry without a definition would have the object deleted."""
        for address in lost:
            self.taken.pop(address, None)
            self.entries.pop(address, None)

    def _take(self, address: Address, item: Live) -> None:
        if (definition := self.defined.get(address)) is None:
            self._begun[address] = item
            content = pack(item.content) if isinstance(item.content, dict) else item.content
            is_packed, protected = content is item.content, self._is_protected(address)
            self.workers.add(ExportTask(address.kind, address.name, item.id, content, is_packed, protected))
            return
        try:
            if (document := self._ours(item)) is None:
                return
            self.taken[address] = item
            if address not in self.state.entries:
                needs = references.needs(definition.document)
                self.entries[address] = self._entry(item, document, needs)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            message = f"{item.kind} {item.id} has a shape that cannot be written: {error}"
            self.problems.append(Diagnostic(message))

    def _is_protected(self, address: Address) -> bool:
        """Whether it was when it was last applied; a definition that is written anew says so."""
        entry = self.state.entries.get(address)
        return entry is not None and entry.protected

    def _entry(
        self, item: Live, document: Document, needs: tuple[Address, ...], *, protected: bool = False
    ) -> Entry:
        kind, lineage = self.kinds(item.kind), self.state.lineage
        line = entry_line(kind, item.id, document, needs, lineage, protected=protected)
        return Entry.stored(item.id, needs, protected, line)

    def _ours(self, item: Live) -> Document | None:
        return without_foreign_items(self.kinds(item.kind), item.document, self.survey.names.ids)
