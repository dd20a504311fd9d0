"""What another hand has changed in an object since ddconf wrote its entry."""

from __future__ import annotations

from ddconf.address import Address
from ddconf.document import Document, get, parse_path
from ddconf.kind import Kind
from ddconf.plans.adoption import natural_key
from ddconf.plans.change import Action, FieldChange, Plan
from ddconf.plans.comparison import NormalizationContext, digests, only, put_or_remove
from ddconf.plans.computed import drop_computed
from ddconf.plans.matching import Kinds
from ddconf.plans.three_way import field_changes
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

    Of what is replaced the plan shows each difference: then only another object than the entry's counts. It
    asks the state, not the plan, which may come from a file.
    """
    key = state.lineage.encode()
    found = set()
    for change in plan.changes:
        entry = state.entries.get(change.moved_from or change.address)
        kind, before = kinds(change.address.kind), change.before or {}
        if entry is None:
            continue
        match change.action:
            case Action.DELETE:
                is_same = not drift(kind, entry, before, key)[1]
            case Action.REPLACE:
                is_same = _is_of(kind, entry, before)
            case _:
                is_same = True
        if not is_same:
            found.add(change.address)
    return found


def _is_of(kind: Kind, entry: Entry, document: Document) -> bool:
    """Whether the document can be that of the entry's object, going by its natural key."""
    key = natural_key(kind, document)
    return key is None or key in (natural_key(kind, entry.applied), natural_key(kind, entry.observed))
