"""Whether a change fits the state it is applied to; a plan from a file may be old, or not of our making."""

from __future__ import annotations

from collections.abc import Mapping

from ddconf.address import Address
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change
from ddconf.plans.limits import destroys
from ddconf.state.model import Entry

_OF_ENTRIES = (Action.UPDATE, Action.DELETE, Action.NOOP, Action.FORGET)
"""These are about objects that are ours already."""


def why_unfit(
    change: Change, kind: Kind, entries: Mapping[Address, Entry], owned: Mapping[str, Address]
) -> str:
    """Why the change is not about an object that is the address's own; empty when it is.

    `owned` tells which address has the object of an id, among those of the kind.
    """
    origin = change.moved_from or change.address
    entry = entries.get(origin)
    if origin.kind != change.address.kind:
        return f"{origin} cannot become {change.address}: an object keeps its kind"
    if change.moved_from is not None and change.address in entries:
        return f"{change.address} is in the state already"
    if entry is None or change.action is Action.ADOPT:
        if change.action in _OF_ENTRIES:
            return f"{origin} is not in the state any more"
        if entry is not None and entry.id == change.id and not change.owner:
            return f"{origin} is in the state already"
        owner = owned.get(change.id) if change.id else None
        return f"the object {change.id} is owned by {owner}" if owner not in (None, origin) else ""
    if change.action is not Action.CREATE and kind.key and entry.id != change.id:
        return f"{origin} is another object by now: {entry.id}"
    if destroys(change) and entry.protected:
        return f"{origin} is protected"
    return ""
