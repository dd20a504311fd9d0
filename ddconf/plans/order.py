"""The order of changes: what is referred to comes first, what goes comes last and the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from ddconf.address import Address
from ddconf.errors import DdconfError
from ddconf.plans.change import Action, Change

REMOVALS = (Action.DELETE, Action.FORGET)


def sort_changes(changes: Sequence[Change]) -> tuple[Change, ...]:
    """The same changes, in an order in which they can be made one after another."""
    stays = {change.address: change for change in changes if change.action not in REMOVALS}
    goes = {change.address: change for change in changes if change.action in REMOVALS}
    first = sort_addresses({address: change.depends_on for address, change in stays.items()})
    last = sort_addresses({address: change.depends_on for address, change in goes.items()})
    return (*(stays[address] for address in first), *(goes[address] for address in reversed(last)))


def sort_addresses(needs: Mapping[Address, Iterable[Address]]) -> list[Address]:
    """The keys of `needs`, each after those it needs, else in their own order; raises DdconfError."""
    within = {
        address: found
        for address, others in needs.items()
        if (found := [other for other in others if other in needs])
    }
    free = [address for address in needs if address not in within]  # which are nearly all
    sorter = TopologicalSorter(
        {address: [other for other in others if other in within] for address, others in within.items()}
    )
    try:
        return [*free, *sorter.static_order()]
    except CycleError as error:
        circle = " -> ".join(str(address) for address in reversed(error.args[1]))
        raise DdconfError(f"the references go in a circle: {circle}") from None
