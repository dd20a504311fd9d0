"""Who is who: definitions, state entries and live objects brought together by address and id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ddconf.address import Address
from ddconf.definitions.definition import Definition, MovedBlock
from ddconf.errors import Diagnostic
from ddconf.kind import Kind, Live
from ddconf.state.model import Entry

Kinds = Callable[[str], Kind]
Definitions = Mapping[Address, Definition]
Objects = Mapping[str, Mapping[str, Live]]
"""Kind -> id -> live object; a kind that was not read is missing."""


@dataclass(frozen=True, slots=True)
class Match:
    """What is known of one address: its definition, its entry or both, and its live object."""

    address: Address
    definition: Definition | None = None
    entry: Entry | None = None
    live: Live | None = None
    moved_from: Address | None = None


def objects_by_id(live: Mapping[str, Sequence[Live]]) -> Objects:
    return {kind: {item.id: item for item in items} for kind, items in live.items()}


def match_entries(
    definitions: Definitions,
    entries: Mapping[Address, Entry],
    objects: Objects,
    moved: Mapping[Address, Address],
    kinds: Kinds,
) -> dict[Address, Match]:
    """A match for every definition and every entry, definitions first; `moved` is from `follow_moves`."""
    origins = {moved.get(address, address): address for address in entries}
    matches = {}
    for address in dict.fromkeys((*definitions, *origins)):
        origin = origins.get(address)
        entry = entries[origin] if origin else None
        matches[address] = Match(
            address,
            definitions.get(address),
            entry,
            _object_of(entry, kinds(address.kind), objects) if entry else None,
            origin if origin != address else None,
        )
    return matches


def _object_of(entry: Entry, kind: Kind, objects: Objects) -> Live | None:
    live = objects.get(kind.name, {})
    if not kind.key:
        return next(iter(live.values()), None)
    return live.get(entry.id)


def follow_moves(
    moved: Iterable[MovedBlock], definitions: Collection[Address], entries: Collection[Address]
) -> tuple[dict[Address, Address], list[Diagnostic]]:
    """Old address -> new address of the entries that move now; those that have moved before are left out."""
    steps: dict[Address, Address] = {}
    mistakes = []
    for step in moved:
        if step.before in definitions:
            message = f"{step.before} is said to have moved to {step.after}, but is still defined"
            hint = "remove the definition, or the line in `moved:`"
            mistakes.append(Diagnostic(message, step.source, hint))
        elif step.before.kind != step.after.kind:
            message = f"{step.before} cannot move to {step.after}: an object keeps its kind"
            mistakes.append(Diagnostic(message, step.source))
        else:
            steps[step.before] = step.after
    targets: dict[Address, Address] = {}
    for address in entries:
        target = _end(address, steps)
        if target != address and target not in entries and target not in targets.values():
            targets[address] = target
    return targets, mistakes


def _end(address: Address, steps: Mapping[Address, Address]) -> Address:
    """Where a chain of moves ends; a circle ends where it would begin again."""
    seen = {address}
    while (following := steps.get(address)) is not None and following not in seen:
        address = following
        seen.add(address)
    return address
