"""What is known of objects that no list shows: their entries, and definitions that say where they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.definitions.references import UNKNOWN, Reference
from ddconf.document import JSON, Document
from ddconf.kind import find_kind
from ddconf.plans.adoption import adopt_all
from ddconf.plans.lookups import look_up
from ddconf.plans.matching import Kinds, match_entries, objects_by_id
from ddconf.plans.reference_values import ReferenceValues
from ddconf.state.model import Entry

if TYPE_CHECKING:
    from ddconf.datadog.objects.read_request import Listed

Found = dict[str, list[tuple[str, Document]]]


def object_hints(
    definitions: Mapping[Address, Definition],
    entries: Mapping[Address, Entry],
    kinds: Kinds,
    listed_apart: Callable[[], Listed] = dict,
    *,
    told: Iterable[tuple[str, str, Document]] = (),
) -> Callable[[Listed], Found]:
    """By kind, ids and documents of what is defined and of what is in the state, once the lists are read.

    An object that a definition refers to and the state does not know is looked for among the listed ones, as
    a plan does; `listed_apart` gives those of lists that are read apart, and is asked for them only then.
    `told` is kind, id and document of others.
    """

    def id_of(reference: Reference) -> JSON:
        entry = entries.get(reference.address)
        return entry.id if entry and not reference.field else UNKNOWN

    def known(listed: Listed) -> Found:
        resolve = cache(lambda: _resolver(definitions, entries, {**listed_apart(), **listed}, kinds))
        found: Found = defaultdict(list)
        for address, definition in definitions.items():
            if is_unlisted(address.kind):
                document = references.resolve(definition.document, id_of)
                if any(reference.kind != "secret" for _, reference in references.find(document)):
                    document = resolve()(definition.document)
                found[address.kind].append((definition.options.id or "", document))
        for address, entry in entries.items():
            if is_unlisted(address.kind):
                found[address.kind].append((entry.id, entry.applied))
        for name, id_, document in told:
            found[name].append((id_, document))
        return found

    return known


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
    known = ReferenceValues(matches, kinds, str, look_up(definitions, listed, kinds).ids)
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
