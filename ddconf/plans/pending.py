"""Definitions of what Datadog makes by itself and has not made yet: they wait, the rest of a plan goes on.

An integration's log pipeline comes with the first log of its source, a metric with its first point.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ddconf.address import Address
from ddconf.definitions import references
from ddconf.definitions.definition import Definition
from ddconf.document import Document, copy, drop
from ddconf.errors import Diagnostic, Severity
from ddconf.kind import Kind
from ddconf.plans.adoption import natural_key
from ddconf.plans.lookups import Objects, is_in_shared_list
from ddconf.plans.matching import Kinds


@dataclass(frozen=True, slots=True)
class ReadyDefinitions:
    """The definitions that a plan can go on with, and a warning for each that waits."""

    items: Mapping[Address, Definition]
    told: tuple[Diagnostic, ...] = ()


def set_pending_aside(items: Mapping[Address, Definition], live: Objects, kinds: Kinds) -> ReadyDefinitions:
    """Without the definitions that wait for their objects; orders that name them go without them."""
    waiting = {
        address
        for address, definition in items.items()
        if kinds(address.kind).appears and not _is_there(kinds(address.kind), definition, live)
    }
    if not waiting:
        return ReadyDefinitions(items)
    rest = {
        address: _without(definition, kinds(address.kind), waiting) if definition.refers else definition
        for address, definition in items.items()
        if address not in waiting
    }
    told = (_warning(items[address], kinds(address.kind)) for address in sorted(waiting))
    return ReadyDefinitions(rest, tuple(told))


def _is_there(kind: Kind, definition: Definition, live: Objects) -> bool:
    key = natural_key(kind, definition.document)
    return key is None or any(
        item.id == definition.options.id or natural_key(kind, item.document) == key
        for item in live.get(kind.name, ())
    )


def _without(definition: Definition, kind: Kind, waiting: set[Address]) -> Definition:
    """The definition without items of shared lists that name what waits."""
    named = [
        path
        for path, reference in references.find(definition.document)
        if not reference.key and reference.kind != "secret" and reference.address in waiting
    ]
    named = [path for path in named if is_in_shared_list(kind, path)]
    if not named:
        return definition
    document: Document = copy(definition.document)
    for path in sorted(named, key=str, reverse=True):  # so that the places of the others stay
        drop(document, path)
    return replace(definition, content=document)


def _warning(definition: Definition, kind: Kind) -> Diagnostic:
    message = f"{definition.address} waits: there is no such {kind.name} yet"
    hint = f"Datadog makes it {kind.appears}; until then nothing is done about it"
    return Diagnostic(message, definition.source, hint, str(definition.address), Severity.WARNING)
