"""Two organisations held against one another, object by object as their states name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.document import Document
from ddconf.errors import DdconfError
from ddconf.kind import Kind, Live
from ddconf.operations.export.as_definition import present, without_foreign_items
from ddconf.operations.export.names import kinds_listed_for_names, names_of
from ddconf.operations.plan.fetch import fetch_what_can_be, kinds_for, kinds_named
from ddconf.operations.plan.unlisted import KnownObjects
from ddconf.plans.adoption import natural_key
from ddconf.plans.change import FieldChange
from ddconf.plans.comparison import NormalizationContext
from ddconf.plans.matching import Kinds
from ddconf.plans.three_way import field_changes

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.settings import Settings
    from ddconf.state.model import State


@dataclass(frozen=True, slots=True)
class Difference:
    """How one address differs: `fields` go from the first to the second, empty where one has none."""

    address: Address
    only_in: str = ""
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class LiveSide:
    """What is live in one organisation: documents by address, and the objects that no address names."""

    owned: Mapping[Address, Document]
    others: Mapping[str, Sequence[Live]]
    written: Callable[[Kind, Live], Document]
    """A live object as definitions write it: by reference, not by id."""
    kinds: Kinds

    def document(self, address: Address, twin: Document | None) -> Document | None:
        """What is at an address; without an entry, the one object that has the natural key of its twin."""
        if address in self.owned or twin is None:
            return self.owned.get(address)
        kind = self.kinds(address.kind)
        key = natural_key(kind, twin)
        written = [self.written(kind, item) for item in self.others.get(kind.name, ())]
        same = [document for document in written if key is not None and natural_key(kind, document) == key]
        return same[0] if len(same) == 1 else None


def live_side(
    client: Client, settings: Settings, state: State, wanted: Collection[str], *, sandbox: bool
) -> LiveSide:
    """Everything live of the wanted kinds; raises DdconfError where one of them cannot be read."""
    kinds = kinds_for(settings, sandbox=sandbox)
    request = ReadRequest(
        kinds_named(wanted),
        list_only=kinds_named(kinds_listed_for_names(set(wanted))),
        hints=KnownObjects({}, state.entries, kinds).hints,
    )
    found, failed = fetch_what_can_be(client, request, settings, sandbox=sandbox)
    if unread := [error for name, error in failed.items() if name in wanted]:
        raise DdconfError(*unread)
    ids = {(address.kind, entry.id): address for address, entry in state.entries.items()}
    names = names_of(ids, found, kinds)

    def written(kind: Kind, item: Live) -> Document:
        document = without_foreign_items(kind, item.document, names.ids) or {}
        return NormalizationContext(kind).normalize(present(kind, document, names.ids, names.handles))

    owned, others = {}, defaultdict(list)
    for name, items in found.items():
        for item in items:
            if (address := ids.get((name, item.id))) is not None:
                owned[address] = written(kinds(name), item)
            elif name in wanted:
                others[name].append(item)
    return LiveSide(owned, others, written, kinds)


def compare(first: LiveSide, second: LiveSide, names: tuple[str, str]) -> list[Difference]:
    """The differences of two organisations, by address."""
    found = []
    for address in sorted(first.owned.keys() | second.owned.keys()):
        one = first.document(address, second.owned.get(address))
        other = second.document(address, first.owned.get(address))
        if one is None or other is None:
            found.append(Difference(address, only_in=names[one is None]))
        elif fields := field_changes(other, one, None, None):
            found.append(Difference(address, fields=fields))
    return found
