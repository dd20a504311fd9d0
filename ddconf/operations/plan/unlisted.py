"""What is known of objects that no list shows: their entries, and definitions that say where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import UNRESOLVED, Reference
from ddconf.document import JSON, Document
from ddconf.kind import find_kind
from ddconf.plans.adoption import adopt_all
from ddconf.plans.lookups import resolve_lookups
from ddconf.plans.matching import Kinds, match_entries, objects_by_id
from ddconf.plans.reference_values import ReferenceValues
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.datadog.objects.read_request import Listed

Found = dict[str, list[tuple[str, Document]]]


@dataclass(frozen=True, slots=True)
class KnownObjects:
    """What definitions and entries tell of objects that no list shows.

    `other_lists` gives lists that are read at the same time; `told` is kind, id and document of others.
    """

    definitions: Mapping[Address, Definition]
    entries: Mapping[Address, Entry]
    kinds: Kinds
    other_lists: Callable[[], Listed] = dict
    told: Iterable[tuple[str, str, Document]] = ()

    def hints(self, listed: Listed) -> Found:
        """Ids and documents by kind, once the lists are read.

        An object that a definition refers to and the state does not know is looked for among the listed ones,
        as a plan does; other lists are waited for only then.
        """
        found: Found = defaultdict(list)
        unlisted = {address: item for address, item in self.definitions.items() if is_unlisted(address.kind)}
        documents = {
            address: references.resolve(item.document, self._owned_id) for address, item in unlisted.items()
        }
        if open_ := [address for address, document in documents.items() if _is_open(document)]:
            lists = {**self.other_lists(), **listed}
            resolve = _resolver(self.definitions, self.entries, lists, self.kinds)
            documents |= {address: resolve(unlisted[address].document) for address in open_}
        for address, document in documents.items():
            found[address.kind].append((unlisted[address].options.id or "", document))
        for address, entry in self.entries.items():
            if is_unlisted(address.kind):
                found[address.kind].append((entry.id, entry.applied))
        for name, id_, document in self.told:
            found[name].append((id_, document))
        return found

    def _owned_id(self, reference: Reference) -> JSON:
        entry = self.entries.get(reference.address)
        return entry.id if entry and not reference.field else UNRESOLVED


def _is_open(document: Document) -> bool:
    """Whether it still refers to another object."""
    return any(reference.kind != "secret" for _, reference in references.find(document))


def is_unlisted(name: str) -> bool:
    """Whether objects of the kind are found only below others or by what is known of them."""
    api = find_kind(name).api
    return api is not None and api.unlisted


def kinds_above(names: Iterable[str]) -> set[str]:
    """The kinds below whose objects those of these kinds are found."""
    return {
        api.parent[1]
        for name in names
        if (api := find_kind(name).api) is not None and api.unlisted and api.parent[1]
    }


def _resolver(
    definitions: Mapping[Address, Definition], entries: Mapping[Address, Entry], listed: Listed, kinds: Kinds
) -> Callable[[Document], Document]:
    """Puts ids of listed objects in place of references to what defines them."""
    needed = _needed(definitions, (address for address in definitions if is_unlisted(address.kind)))
    objects = objects_by_id({name: items for name, items in listed.items() if name in needed})
    those = {address: item for address, item in definitions.items() if address.kind in needed}
    owned = {address: entry for address, entry in entries.items() if address.kind in needed}
    matches = match_entries(those, owned, objects, {}, kinds)
    known = ReferenceValues(matches, kinds, str, resolve_lookups(definitions, listed, kinds).ids)
    needs = {address: references.needs(item.document) for address, item in those.items()}
    adopt_all(needs, matches, objects, kinds, known.resolve_public)
    return known.resolve_public


def _needed(definitions: Mapping[Address, Definition], addresses: Iterable[Address]) -> set[str]:
    """The kinds that these definitions refer to, and those that they refer to in turn."""
    seen: set[Address] = set()
    waiting = list(addresses)
    while waiting:
        definition = definitions.get(waiting.pop())
        if definition is not None and definition.refers:
            new = set(references.needs(definition.document)) - seen
            seen |= new
            waiting += new
    return {address.kind for address in seen}
