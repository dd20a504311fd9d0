"""What another hand has changed in an object since ddconf wrote its entry."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.document import Document, get, parse_path
from ddconf.kind import Kind
from ddconf.plans.change import Action, FieldChange, Plan
from ddconf.plans.comparison import NormalizationContext, digests, only, put_or_remove
from ddconf.plans.computed import drop_computed
from ddconf.plans.diff import field_changes
from ddconf.plans.matching import Kinds
from ddconf.state.model import Entry, State


def drift(
    kind: Kind, entry: Entry, document: Document, key: bytes, ignore: tuple[str, ...] = ()
) -> tuple[Document, tuple[FieldChange, ...]]:
    """The live document as the entry would have it, and what differs from how it was seen last."""
    view = NormalizationContext(kind, ignore, digests(entry.applied), key)
    observed, live = view.normalize(entry.observed), view.normalize(document)
    for one in (live, observed):
        drop_computed(kind, one, entry.applied)
    for path in map(parse_path, kind.shared_lists):
        for one in (live, observed):
            put_or_remove(one, path, only(get(one, path), get(entry.applied, path)))
    return live, field_changes(live, observed, None, None)


def deleted_though_changed(plan: Plan, state: State, kinds: Kinds) -> set[Address]:
    """The addresses whose objects a plan deletes though they are not what their entries saw.

    It asks the state, not the plan: a plan from a file may claim anything.
    """
    key = state.lineage.encode()
    found = set()
    for change in plan.changes:
        entry = state.entries.get(change.moved_from or change.address)
        if change.action is Action.DELETE and entry is not None:
            if drift(kinds(change.address.kind), entry, change.before or {}, key)[1]:
                found.add(change.address)
        elif change.action is Action.REPLACE and any(field.cause != "config" for field in change.fields):
            found.add(change.address)
    return found
