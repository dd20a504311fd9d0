"""What an export takes: which objects of an organisation, and what they are called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

from ddconf.address import Address
from ddconf.definitions.load import Definitions
from ddconf.document import get, parse_path
from ddconf.kind import Kind, Live
from ddconf.operations.export.left_out import REMOVED
from ddconf.operations.export.names import Addresses, Ids, Names, name_all, names_of
from ddconf.operations.plan.fetch import Kinds
from ddconf.plans.adoption import why_unmanaged
from ddconf.plans.matching import follow_moves
from ddconf.plans.predict_adoptions import predict_adoptions
from ddconf.state.model import State


@dataclass(frozen=True, slots=True)
class Selection:
    """Which objects to take; empty fields select everything. Names are patterns such as `web-*`, ids may be
    addresses.

    With `exactly`, those of these kinds and ids and no others.
    """

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    exactly: Collection[tuple[str, str]] | None = None

    def meets(self, kind: Kind, item: Live, address: Address | None) -> set[str]:
        """Which names and ids of the selection the object answers to; it may have an address already."""
        if not (self.names or self.ids):
            return set()
        title = " ".join(str(get(item.document, parse_path(path), "")) for path in kind.key)
        return {name for name in self.names if fnmatchcase(title, name)} | (
            {item.id, str(address)} & set(self.ids)
        )

    def has(self, kind: Kind, item: Live) -> bool:
        """Whether the object is one of those named exactly."""
        return self.exactly is None or (kind.name, item.id if kind.key else "") in self.exactly

    def only(self, some: set[str]) -> Selection:
        """Of the names and ids, those."""
        names, ids = (tuple(one for one in given if one in some) for given in (self.names, self.ids))
        return Selection(names, ids)

    def takes(self, met: set[str]) -> bool:
        """Whether an object that meets these is wanted: one name and one id, where any are given."""
        return all(not wanted or met & set(wanted) for wanted in (self.names, self.ids))


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """The selected objects of these kinds, and where their definitions go.

    `named` are the addresses that new definitions get, for objects that have names elsewhere; what there is
    one of may stand there without an id.
    """

    kinds: Collection[str]
    selection: Selection
    out: Path = Path()
    layout: str = "object"
    named: Addresses = field(default_factory=dict)
    prune: bool = False
    """Take the definitions of objects that were deleted outside out of their files."""
    adopt: bool = False
    """Take what another state owns, too."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What an export takes, seen from the lists.

    `left_out` counts what nobody may change, by kind and why; `unmet` is what nothing answers to.
    """

    addresses: Addresses
    names: Names
    left_out: Mapping[tuple[str, str], int]
    unmet: Selection
    known: Collection[Address] = ()
    """What the definitions and the state have, of the kinds that were asked for and others."""

    def joined(self, other: Survey) -> Survey:
        """With another one of more kinds, whose objects nobody names."""
        return Survey(
            {**self.addresses, **other.addresses},
            self.names,
            {**other.left_out, **self.left_out},
            self.unmet.only({*other.unmet.names, *other.unmet.ids}),
            self.known,
        )


def follow(state: State, definitions: Definitions) -> State:
    """The state with its entries under the addresses to which the definitions have moved."""
    moves, _ = follow_moves(definitions.moved, definitions.items, state.entries)
    entries = {moves.get(address, address): entry for address, entry in state.entries.items()}
    for address, entry in entries.items():
        if moves.keys() & entry.depends_on:
            needs = tuple(moves.get(one, one) for one in entry.depends_on)
            entries[address] = replace(entry, depends_on=needs)
    return replace(state, entries=entries) if moves else state


def survey(
    listed: Mapping[str, Sequence[Live]],
    request: ExportRequest,
    state: State,
    definitions: Definitions,
    kinds: Kinds,
    closed: Mapping[str, str],
) -> Survey:
    """Choose from the objects of the wanted kinds and name them; objects of other kinds are only referred to.

    `closed` are the kinds that may not be written, with the reason.
    """
    wanted, selection, named = request.kinds, request.selection, request.named
    defined = definitions.items
    removed = {item.address for item in definitions.removed}
    owned = {(address.kind, entry.id): address for address, entry in state.entries.items()}
    referred_to = listed.keys() - set(wanted)
    left_out = Counter({(name, closed[name]): len(listed[name]) for name in referred_to & closed.keys()})
    unmet = {*selection.names, *selection.ids}
    still_owned = {key: address for key, address in owned.items() if address not in removed}
    called = {**predict_adoptions(defined, state.entries, listed, kinds), **still_owned}
    selected: dict[str, list[Live]] = {}
    for name in sorted(set(wanted) & listed.keys()):
        kind = kinds(name)
        selected[name] = []
        for item in listed[name]:
            if owned.get((name, item.id)) in removed:
                left_out[name, REMOVED] += 1
                continue
            if why := why_unmanaged(kind, item):
                left_out[name, why] += 1
                continue
            met = selection.meets(kind, item, called.get((name, item.id)))
            unmet -= met
            if selection.takes(met) and selection.has(kind, item):
                selected[name].append(item)
    alone = {
        (name, item.id): named[name, ""]
        for name, items in selected.items()
        for item in items
        if (name, "") in named
    }
    known = {**named, **alone, **called}
    everything = name_all(selected, listed, kinds, known, defined)
    addresses = {(name, item.id): everything[name, item.id] for name in selected for item in selected[name]}
    return Survey(
        addresses,
        names_of(everything, listed, kinds),
        left_out,
        selection.only(unmet),
        {*defined, *state.entries},
    )


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
