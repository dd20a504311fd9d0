"""Take live objects over: their names, definitions and state entries; nothing is written here."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.document import Document, copy, drop, get, parse_path
from ddconf.kind import Kind, Live
from ddconf.operations.fetch import Kinds
from ddconf.operations.naming import UNKNOWN, Addresses, Ids, name_all, names_of
from ddconf.operations.present import of_ours, present
from ddconf.plans.adoption import is_unmanaged
from ddconf.plans.comparison import View
from ddconf.state.state import Entry, State


@dataclass(frozen=True, slots=True)
class Selection:
    """Which objects to take; empty fields select everything. Names are patterns such as `web-*`."""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def meets(self, kind: Kind, item: Live) -> set[str]:
        """Which names and ids of the selection the object answers to."""
        title = " ".join(str(get(item.document, parse_path(path), "")) for path in kind.key)
        return {name for name in self.names if fnmatchcase(title, name)} | ({item.id} & set(self.ids))

    def only(self, some: set[str]) -> Selection:
        """Of the names and ids, those."""
        return Selection(*(tuple(one for one in given if one in some) for given in (self.names, self.ids)))

    def takes(self, met: set[str]) -> bool:
        """Whether an object that meets these is wanted: one name and one id, where any are given."""
        return all(not wanted or met & set(wanted) for wanted in (self.names, self.ids))


@dataclass(frozen=True, slots=True)
class Taken:
    """What an export takes over.

    `left_out` counts by kind what nobody may change, `unmet` is what nothing answers to, `circles` are the
    references that stay ids.
    """

    documents: Mapping[Address, Document]
    entries: Mapping[Address, Entry]
    left_out: Mapping[str, int] = field(default_factory=dict)
    unmet: Selection = Selection()
    circles: Mapping[Address, Collection[Address]] = field(default_factory=dict)


def take(
    live: Mapping[str, Sequence[Live]],
    wanted: Collection[str],
    state: State,
    defined: Mapping[Address, object],
    kinds: Kinds,
    selection: Selection,
    named: Addresses = UNKNOWN,
) -> Taken:
    """Names, documents and entries for the live objects of a selection, of the kinds that are wanted.

    Objects of other kinds are only referred to; `named` are addresses to give.
    """
    left_out: Counter[str] = Counter()
    unmet = {*selection.names, *selection.ids}
    ours: dict[str, list[Live]] = {}
    for name in wanted & live.keys():
        kind = kinds(name)
        free = [item for item in live[name] if not is_unmanaged(kind, item)]
        left_out[name] = len(live[name]) - len(free)
        met = {item.id: selection.meets(kind, item) for item in free}
        unmet -= set().union(*met.values())
        ours[name] = [item for item in free if selection.takes(met[item.id])]
    owned = {(address.kind, entry.id): address for address, entry in state.entries.items()}
    addresses = name_all(ours, live, kinds, {**named, **owned}, defined)
    names = names_of(addresses, live, kinds)
    chosen = {
        addresses[name, item.id]: (kinds(name), document, item.id)
        for name, items in ours.items()
        for item in items
        if (document := of_ours(kinds(name), item.document, names.ids)) is not None
    }
    shown = {
        address: definition
        for address, (kind, document, _) in sorted(chosen.items())
        if (definition := present(kind, document, names.ids, names.handles))
    }
    circles = edges_of_circles({address: references.needs(document) for address, document in shown.items()})
    for address, others in circles.items():
        kind, document, _ = chosen[address]
        shown[address] = present(kind, document, without(names.ids, others), names.handles)
    entries: dict[Address, Entry] = {}
    for address, definition in shown.items():
        kind, document, id_ = chosen[address]
        seen = View(kind, (), (), state.lineage.encode()).normalize(document)
        applied = copy(seen)
        for pattern in kind.secrets:
            drop(applied, parse_path(pattern))
        entry = Entry(id_, applied, seen, references.needs(definition))
        entries[address] = state.entries.get(address, entry)
    return Taken(shown, entries, +left_out, selection.only(unmet), circles)


def edges_of_circles(needs: Mapping[Address, Collection[Address]]) -> dict[Address, set[Address]]:
    """The references without which none goes in a circle: what refers, and to what."""
    graph = {address: set(others) for address, others in needs.items()}
    found: dict[Address, set[Address]] = defaultdict(set)
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return found
        except CycleError as error:
            other, one = error.args[1][:2]
        graph[one].discard(other)
        found[one].add(other)


def without(ids: Ids, others: Collection[Address]) -> Ids:
    """Less the names of some objects."""
    return {key: named for key, named in ids.items() if Address(named.kind, named.name) not in others}
