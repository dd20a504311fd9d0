"""Take live objects over: their names, definitions and state entries; nothing is written here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.document import Document, copy, drop, get, parse_path, put
from ddconf.kind import Kind, Live
from ddconf.operations.fetch import Kinds
from ddconf.operations.present import Ids, addresses_for, present
from ddconf.plans.adoption import is_unmanaged
from ddconf.plans.comparison import View
from ddconf.state.state import Entry, State


@dataclass(frozen=True, slots=True)
class Selection:
    """Which objects to take; empty fields select everything. Names are patterns such as `web-*`."""

    names: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def takes(self, kind: Kind, item: Live) -> bool:
        title = " ".join(str(get(item.document, parse_path(path), "")) for path in kind.key)
        by_id = not self.ids or item.id in self.ids
        return by_id and (not self.names or any(fnmatchcase(title, name) for name in self.names))


@dataclass(frozen=True, slots=True)
class Taken:
    """What an export takes over; `left_out` counts by kind what nobody may change."""

    documents: Mapping[Address, Document]
    entries: Mapping[Address, Entry]
    left_out: Mapping[str, int] = field(default_factory=dict)


def take(
    live: Mapping[str, Sequence[Live]],
    state: State,
    defined: Mapping[Address, object],
    kinds: Kinds,
    selection: Selection,
) -> Taken:
    """Names, documents and entries for the live objects of a selection."""
    left_out: Counter[str] = Counter()
    chosen: dict[Address, Live] = {}
    ids: dict[tuple[str, str], Address] = {
        (address.kind, entry.id): address for address, entry in state.entries.items()
    }
    for name, items in sorted(live.items()):
        kind = kinds(name)
        ours = [item for item in items if not is_unmanaged(kind, item)]
        left_out[name] += len(items) - len(ours)
        known = {id_: address for (owner, id_), address in ids.items() if owner == name}
        wanted = [item for item in ours if selection.takes(kind, item)]
        named = addresses_for(
            kind, wanted, known, {address.name for address in defined if address.kind == name}
        )
        chosen |= {named[item.id]: item for item in wanted}
        ids |= {(name, id_): address for id_, address in named.items()}
    documents: dict[Address, Document] = {}
    entries: dict[Address, Entry] = {}
    for address, item in sorted(chosen.items()):
        kind = kinds(address.kind)
        ours_alone = _ours(kind, item.document, ids)
        if kind.partial and ours_alone is None:
            continue
        document = ours_alone or item.document
        documents[address] = present(kind, document, ids)
        seen = View(kind, (), (), state.lineage.encode()).normalize(document)
        applied = copy(seen)
        for pattern in kind.secrets:
            drop(applied, parse_path(pattern))
        entry = Entry(item.id, applied, seen, references.needs(documents[address]))
        entries[address] = state.entries.get(address, entry)
    return Taken(documents, entries, +left_out)


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
