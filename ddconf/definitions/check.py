"""Check what only all definitions together show: references, circles, moves; and expand `${kind.*}`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition, MovedBlock, RemovedBlock
from ddconf.definitions.references import Reference
from ddconf.definitions.suggest import did_you_mean
from ddconf.document import JSON, Path
from ddconf.errors import Diagnostic, Source
from ddconf.kind import find_kind, kind_names

Items = Mapping[Address, Definition]
Referring = dict[Address, list[tuple[Path, Reference]]]


def find_references(items: Items) -> Referring:
    """The references of each definition that has any."""
    found = {
        address: list(references.find(definition.document))
        for address, definition in items.items()
        if definition.refers
    }
    return {address: listed for address, listed in found.items() if listed}


def check_references(items: Items, referring: Referring) -> Iterator[Diagnostic]:
    """References that lead nowhere, to what has no id, or in a circle."""
    needs: dict[Address, dict[Address, Path]] = {}
    for address, found in referring.items():
        definition = items[address]
        for path, reference in found:
            if reference.kind == "secret":
                continue
            if problem := _problem(reference, items):
                from ddconf.definitions.yaml import spans

                message, hint = problem
                written = f"${{{reference}}}"
                source = spans.find(definition.at(path), written)
                yield Diagnostic(f"{message} '{written}'", source, hint, str(address), length=len(written))
            elif reference.name not in ("", "*"):
                needs.setdefault(address, {}).setdefault(reference.address, path)
    yield from _circles(items, needs)


def _problem(reference: Reference, items: Items) -> tuple[str, str] | None:
    """What is wrong with a reference, and the hint."""
    if reference.kind not in kind_names():
        close = did_you_mean(reference.kind, (*kind_names(), "var", "secret", "each"))
        return "unknown kind in the reference", close or "write $${ for a literal ${"
    api = find_kind(reference.kind).api
    if reference.key:
        key = find_kind(reference.kind).key
        if api is not None and api.list is not None and not api.unlisted and len(key) == 1:
            return None
        return "unusable reference", f"no {reference.kind} can be looked up by one name"
    if api is None or (api.singleton and not reference.field):
        return "unusable reference", f"{reference.kind} has no id: write the value itself"
    if reference.name == "*":
        return "misplaced reference", "it must stand alone, as an item of a list"
    if reference.address in items:
        return None
    names = [str(address) for address in items if address.kind == reference.kind]
    keyed = [name for name in names if name.startswith(f"{reference.address}[")]
    if keyed:
        return "unknown reference", f"for_each makes several: name one, as in {keyed[0]}"
    otherwise = f"no {reference.kind} of that name is defined"
    return "unknown reference", did_you_mean(str(reference.address), names, otherwise)


def _circles(items: Items, needs: Mapping[Address, Mapping[Address, Path]]) -> Iterator[Diagnostic]:
    """Each circle once, with the place of every step."""
    graph = {address: set(targets) for address, targets in needs.items()}
    while True:
        try:
            TopologicalSorter(graph).prepare()
            return
        except CycleError as error:
            circle: list[Address] = error.args[1][::-1]
        first = circle.index(min(circle))
        circle = circle[first:-1] + circle[:first]
        steps = [
            (one, other, items[one].at(needs[one][other]))
            for one, other in zip(circle, [*circle[1:], circle[0]], strict=True)
        ]
        graph[circle[0]].remove(circle[1 % len(circle)])
        yield _circle(steps)


def _circle(steps: list[tuple[Address, Address, Source | None]]) -> Diagnostic:
    address, _, source = steps[0]
    if len(steps) == 1:
        return Diagnostic(f"'{address}' refers to itself", source, "remove the reference", str(address))
    way = " -> ".join(str(step[0]) for step in (*steps, steps[0]))
    others = "; ".join(f"{one} refers to {other} at {place}" for one, other, place in steps[1:])
    return Diagnostic(f"the references go in a circle: {way}", source, others, str(address))


def check_moves(
    items: Items, moved: Iterable[MovedBlock], removed: Iterable[RemovedBlock]
) -> Iterator[Diagnostic]:
    """What is said to have moved or left must not be defined, and the new address must be."""
    moves = {move.before: move for move in moved}
    for move in moved:
        if move.before in items:
            yield Diagnostic(f"'{move.before}' has moved but is still defined", move.source)
        if moves[move.before] is not move:
            yield Diagnostic(f"'{move.before}' moves twice", move.source)
        if move.after not in items and move.after not in moves:
            hint = did_you_mean(str(move.after), map(str, items), "define it, or remove the entry")
            yield Diagnostic(f"'{move.after}' is not defined", move.source, hint)
    for removal in removed:
        if removal.address in items:
            yield Diagnostic(f"'{removal.address}' is removed but still defined", removal.source)


def expand_wildcards(items: dict[Address, Definition], referring: Referring) -> None:
    """Replace each `${kind.*}` that is an item of a list by references to all of the kind, in file order."""
    for address, found in referring.items():
        if any(reference.name == "*" for _, reference in found):
            definition = items[address]
            positions: dict[Path, Source] = {}
            document = _expand(definition.document, items, (), (), definition, positions)
            items[address] = replace(definition, content=document, positions=positions)
            referring[address] = list(references.find(document))


def _expand(
    value: JSON, items: Items, old: Path, new: Path, definition: Definition, positions: dict[Path, Source]
) -> JSON:
    """The value with lists expanded; `positions` gets the places of the new paths."""
    if source := definition.at(old):
        positions[new] = source
    if isinstance(value, dict):
        return {
            key: _expand(item, items, (*old, key), (*new, key), definition, positions)
            for key, item in value.items()
        }
    if not isinstance(value, list):
        return value
    expanded: list[JSON] = []
    for index, item in enumerate(value):
        for one in _all_of(item, items, definition.address):
            path = (*new, len(expanded))
            expanded.append(_expand(one, items, (*old, index), path, definition, positions))
    return expanded


def _all_of(item: JSON, items: Items, own: Address) -> list[JSON]:
    """An item of a list, or what `${kind.*}` stands for."""
    if not isinstance(item, str) or not item.endswith(".*}"):
        return [item]
    found = list(references.find(item))
    if len(found) != 1 or item != f"${{{found[0][1]}}}":
        return [item]
    kind = found[0][1].kind
    return [f"${{{address}}}" for address in items if address.kind == kind and address != own]
