"""Definitions of what exists already: renamed ones get their entry back, others adopt a live object.

So do those whose own object was deleted: another hand, or a run that was killed, may have made a new one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.document import Document, canonical, copy, drop, get, parse_path
from ddconf.errors import Diagnostic
from ddconf.kind import Kind, Live
from ddconf.plans.matching import Kinds, Match, Objects

Resolve = Callable[[Document], Document]


@dataclass(frozen=True, slots=True)
class Adoption:
    """One kind's live objects, seen by those that look for theirs."""

    kind: Kind
    objects: Mapping[str, Live]
    by_key: Mapping[str, list[Live]]
    """Only what may be taken: not unmanaged, not of an entry that is still defined."""
    unmanaged: Mapping[str, Live]
    """What nobody may change, by its key."""
    orphans: Mapping[str, Match]
    """Entries without a definition, by the id of their object."""
    owners: Mapping[str, Match]
    """Entries with a definition, by the id of their object."""


def adopt_all(
    needs: Mapping[Address, Iterable[Address]],
    matches: dict[Address, Match],
    objects: Objects,
    kinds: Kinds,
    resolve: Resolve,
) -> list[Diagnostic]:
    """As `adopt`, of every kind; `needs` has what each definition refers to."""
    return [
        mistake
        for name in _in_order(needs)
        for mistake in adopt(kinds(name), matches, objects.get(name, {}), resolve)
    ]


def _in_order(needs: Mapping[Address, Iterable[Address]]) -> list[str]:
    """Kinds that others refer to first: a reference may be part of a natural key."""
    edges: dict[str, set[str]] = {address.kind: set() for address in needs}
    for address, others in needs.items():
        edges[address.kind] |= {other.kind for other in others} - {address.kind}
    try:
        return [name for name in TopologicalSorter(edges).static_order() if name in edges]
    except CycleError:
        return list(edges)


def adopt(
    kind: Kind, matches: dict[Address, Match], objects: Mapping[str, Live], resolve: Resolve
) -> list[Diagnostic]:
    """Find the live objects of one kind's definitions that have none yet, and put them into the matches."""
    mine = [match for match in matches.values() if match.address.kind == kind.name]
    new = [match for match in mine if match.definition and not match.live]
    if not new:
        return []
    adoption = _index(kind, mine, objects)
    mistakes: list[Diagnostic] = []
    claims: dict[str, list[Match]] = defaultdict(list)
    for match in new:
        found = _candidate_for(adoption, match, resolve)
        if isinstance(found, Diagnostic):
            mistakes.append(found)
        elif found is not None:
            # What is known of an object that is gone says nothing of this one.
            claims[found.id].append(replace(match, entry=None, live=found))
    for id_, claimants in claims.items():
        if len(claimants) > 1 or id_ in adoption.owners:
            mistakes += _conflicts(adoption, id_, claimants)
            continue
        orphan = adoption.orphans.get(id_)
        taken = claimants[0]
        if orphan is not None:
            taken = replace(taken, entry=orphan.entry, moved_from=orphan.moved_from or orphan.address)
            del matches[orphan.address]
        matches[taken.address] = taken
    return mistakes


def _index(kind: Kind, mine: list[Match], objects: Mapping[str, Live]) -> Adoption:
    orphans = {match.live.id: match for match in mine if match.live and not match.definition}
    owners = {match.live.id: match for match in mine if match.live and match.definition}
    by_key: dict[str, list[Live]] = defaultdict(list)
    unmanaged: dict[str, Live] = {}
    for item in objects.values():
        key = natural_key(kind, item.document)
        if key is None or item.id in owners:
            continue
        if is_unmanaged(kind, item):
            unmanaged[key] = item
        else:
            by_key[key].append(item)
    return Adoption(kind, objects, by_key, unmanaged, orphans, owners)


def _candidate_for(adoption: Adoption, match: Match, resolve: Resolve) -> Live | Diagnostic | None:
    """The live object that a new definition is about; None where it must be created."""
    definition = match.definition
    assert definition is not None
    id_ = definition.options.id
    if id_ is not None and (match.entry is None or id_ in adoption.objects):
        return _by_id(adoption, match.address, definition)
    key = natural_key(adoption.kind, resolve(definition.document))
    candidates = adoption.by_key.get(key, []) if key is not None else []
    if match.entry is not None:  # it has an address of its own, so no other address becomes this one
        candidates = [item for item in candidates if item.id not in adoption.orphans]
    renamed = [item for item in candidates if item.id in adoption.orphans]
    if len(renamed) == 1:
        return renamed[0]
    if len(candidates) > 1:
        ids = ", ".join(item.id for item in candidates)
        message = f"{match.address} could be any of {len(candidates)} live objects: {ids}"
        return Diagnostic(message, definition.source, "name the one to take: `ddconf: {id: ...}`")
    if not candidates and adoption.kind.unique_key and key in adoption.unmanaged:
        message = f"{match.address} exists already as a {adoption.kind.name} that nobody may change"
        return Diagnostic(message, definition.source, "remove the definition: the object is there without it")
    return candidates[0] if candidates else None


def _by_id(adoption: Adoption, address: Address, definition: Definition) -> Live | Diagnostic:
    id_ = definition.options.id or ""
    found = adoption.objects.get(id_)
    if found is None:
        hint = "correct `ddconf: {id: ...}`, or remove it to create a new object"
        return Diagnostic(
            f"{address}: there is no {adoption.kind.name} with id {id_}", definition.source, hint
        )
    if is_unmanaged(adoption.kind, found):
        return Diagnostic(
            f"{address}: {adoption.kind.name} {id_} can be changed by nobody", definition.source
        )
    return found


def _conflicts(adoption: Adoption, id_: str, claimants: list[Match]) -> Iterator[Diagnostic]:
    """One object cannot be two definitions' own."""
    owner = adoption.owners.get(id_)
    for claimant in claimants:
        rivals = [owner] if owner else [match for match in claimants if match is not claimant]
        names = ", ".join(str(match.address) for match in rivals)
        yield Diagnostic(
            f"{claimant.address} and {names} are the same {adoption.kind.name}: {id_ or 'there is only one'}",
            claimant.definition.source if claimant.definition else None,
            "remove one of them, give it another name, or tell with `moved:` that its address changed",
        )


def natural_key(kind: Kind, document: Document) -> str | None:
    """What tells an object from others of its kind; None where a part is missing or still a reference."""
    document = _without_inner_read_only(kind, kind.canonical_form(document))
    parts = [get(document, parse_path(path)) for path in kind.key]
    if any(part is None for part in parts) or references.needs(parts):
        return None
    return canonical([int(part) if type(part) is float and part.is_integer() else part for part in parts])


def _without_inner_read_only(kind: Kind, document: Document) -> Document:
    """What the server adds inside a part of the key tells nothing."""
    inner = [path for path in kind.read_only if path.startswith(tuple(f"{part}." for part in kind.key))]
    if not inner:
        return document
    told: Document = copy(document)
    for path in inner:
        drop(told, parse_path(path))
    return told


def is_unmanaged(kind: Kind, item: Live) -> bool:
    """Whether nobody may change the object."""
    return bool(why_unmanaged(kind, item))


def why_unmanaged(kind: Kind, item: Live) -> str:
    """Why nobody may change the object, in words of its kind's rule; empty where somebody may."""
    if kind.api is not None and kind.api.system_owned:
        return "Datadog gives it"
    for path, value in kind.unmanaged.items():
        values = value if isinstance(value, tuple) else (value,)
        if get(item.document, parse_path(path)) in values:
            return f"{path} is {' or '.join(canonical(one) for one in values)}"
    return ""
