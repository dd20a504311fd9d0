"""Take live objects over: their names, definitions and state entries; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.document import JSON, Document, copy, drop, get, parse_path, put
from ddconf.kind import Kind, Live
from ddconf.operations.fetch import Kinds
from ddconf.operations.present import UNKNOWN, Ids, addresses_for, present
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

    `left_out` counts by kind what nobody may change, `unmet` is what nothing answers to.
    """

    documents: Mapping[Address, Document]
    entries: Mapping[Address, Entry]
    left_out: Mapping[str, int] = field(default_factory=dict)
    unmet: Selection = Selection()


def take(
    live: Mapping[str, Sequence[Live]],
    state: State,
    defined: Mapping[Address, object],
    kinds: Kinds,
    selection: Selection,
    named: Ids = UNKNOWN,
) -> Taken:
    """Names, documents and entries for the live objects of a selection; `named` are addresses to give."""
    left_out: Counter[str] = Counter()
    unmet = {*selection.names, *selection.ids}
    chosen: dict[Address, Live] = {}
    owned = {(address.kind, entry.id): address for address, entry in state.entries.items()}
    ids: dict[tuple[str, str], Address] = {**named, **owned}
    for name, items in _parents_first(live, kinds):
        kind = kinds(name)
        ours = [item for item in items if not is_unmanaged(kind, item)]
        left_out[name] += len(items) - len(ours)
        met = {item.id: selection.meets(kind, item) for item in ours}
        unmet -= set().union(*met.values())
        wanted = [item for item in ours if selection.takes(met[item.id])]
        used = {address.name for address in defined if address.kind == name}
        addresses = addresses_for(kind, wanted, ids, used)
        chosen |= {addresses[item.id]: item for item in wanted}
        ids |= {(name, id_): address for id_, address in addresses.items()}
    documents: dict[Address, Document] = {}
    entries: dict[Address, Entry] = {}
    for address, item in sorted(chosen.items()):
        kind = kinds(address.kind)
        ours_alone = _ours(kind, item.document, ids)
        if kind.partial and ours_alone is None:
            continue
        document = ours_alone or item.document
        documents[address] = present(kind, document, ids)
    break_circles(documents, {address: _id(kinds(address.kind), item) for address, item in chosen.items()})
    for address, shown in documents.items():
        kind, item = kinds(address.kind), chosen[address]
        document = _ours(kind, item.document, ids) or item.document
        seen = View(kind, (), (), state.lineage.encode()).normalize(document)
        applied = copy(seen)
        for pattern in kind.secrets:
            drop(applied, parse_path(pattern))
        entry = Entry(item.id, applied, seen, references.needs(shown))
        entries[address] = state.entries.get(address, entry)
    return Taken(documents, entries, +left_out, selection.only(unmet))


def _parents_first(live: Mapping[str, Sequence[Live]], kinds: Kinds) -> Iterator[tuple[str, Sequence[Live]]]:
    """So that the names of what lies below can be made of those above."""

    def is_below(name: str) -> bool:
        api = kinds(name).api
        return api is not None and api.unlisted

    return ((name, live[name]) for name in sorted(live, key=lambda name: (is_below(name), name)))


def _id(kind: Kind, item: Live) -> JSON:
    return int(item.id) if kind.integer_id else item.id


def break_circles(documents: dict[Address, Document], ids: Mapping[Address, JSON]) -> None:
    """Where references go in a circle, let one of them be the id that it stands for."""
    graph = {address: set(references.needs(document)) for address, document in documents.items()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return
        except CycleError as error:
            other, one = error.args[1][:2]
        graph[one].discard(other)
        documents[one] = _with_id(documents[one], f"${{{other}}}", ids[other])


def _with_id(value: JSON, reference: str, id_: JSON) -> JSON:
    if isinstance(value, str):
        return id_ if value == reference else value.replace(reference, str(id_))
    if isinstance(value, dict):
        return {key: _with_id(item, reference, id_) for key, item in value.items()}
    return [_with_id(item, reference, id_) for item in value] if isinstance(value, list) else value


def _ours(kind: Kind, document: Document, ids: Ids) -> Document | None:
    """The document with only our items in the lists that others add to; None where there are none."""
    targets = {parse_path(pattern)[:-1]: target for pattern, target in kind.references.items()}
    found = False
    for path in map(parse_path, kind.partial):
        items = list(get(document, path) or ())
        if path in targets:
            items = [item for item in items if (targets[path], str(item)) in ids]
        document = copy(document)
        put(document, path, items)
        found = found or bool(items)
    return document if found or not any(path in targets for path in map(parse_path, kind.partial)) else None
