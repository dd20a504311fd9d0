"""The pipelines that are live, in the order in which logs meet them, and those that a plan would leave."""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.address import Address
from ddconf.document import Document
from ddconf.operations.pipeline_tests.defined_pipelines import KIND, ORDER
from ddconf.plans.change import Action, Plan
from ddconf.state.model import Entry, State


def live_pipelines(state: State) -> dict[Address, Document]:
    """As the state remembers them: those of the order first, then the others by address."""
    owned = {address: entry for address, entry in sorted(state.entries.items()) if address.kind == KIND}
    by_id = {entry.id: address for address, entry in owned.items()}
    order = [
        by_id[id_]
        for address, entry in state.entries.items()
        if address.kind == ORDER
        for id_ in _live(entry).get("pipeline_ids", [])
        if id_ in by_id
    ]
    return {address: _live(owned[address]) for address in dict.fromkeys([*order, *owned])}


def planned_pipelines(
    plan: Plan, state: State, defined: Mapping[Address, Document]
) -> tuple[dict[Address, Document], dict[Address, Document]]:
    """The live pipelines as the plan saw them, and what its apply would leave; `defined` is in order.

    What is out of the plan's scope stays as it is.
    """
    changes = {change.address: change for change in plan.changes if change.address.kind == KIND}
    moved = {change.moved_from: address for address, change in changes.items() if change.moved_from}
    before = {moved.get(address, address): document for address, document in live_pipelines(state).items()}
    before |= {address: change.before for address, change in changes.items() if change.before}
    gone = {address for address, change in changes.items() if change.action in (Action.DELETE, Action.FORGET)}
    after = {
        address: document if address in changes else before[address]
        for address, document in defined.items()
        if address not in gone and (address in changes or address in before)
    }
    left = {address: document for address, document in before.items() if address not in gone | after.keys()}
    return before, after | left


def _live(entry: Entry) -> Document:
    return {**entry.applied, **entry.observed}
