"""What changed outside ddconf, whatever is defined: the plan of `--refresh-only` and of `drift`."""

from __future__ import annotations

from dataclasses import replace

from ddconf.document import copy, put, remove
from ddconf.kind import Kind
from ddconf.kind.history import last_change
from ddconf.plans.change import Action, Cause, Change
from ddconf.plans.drift import drift
from ddconf.plans.matching import Match
from ddconf.plans.removal import GONE
from ddconf.state.model import Entry


def refresh(match: Match, entry: Entry, kind: Kind, key: bytes) -> Change | None:
    """Another hand's changes to one object: `before` is what was observed last, `after` what is live now.

    A NOOP, since only the entry follows; FORGET where the object is gone; None where nothing was done.
    """
    if kind.api is None:
        return None
    definition = match.definition
    change = Change(
        address=match.address,
        action=Action.FORGET,
        id=entry.id,
        depends_on=entry.depends_on,
        moved_from=match.moved_from,
        reason=GONE,
        source=definition.source if definition else None,
        ignore=definition.options.ignore if definition else (),
        protect=entry.protected,
    )
    if match.live is None:
        return change
    live, fields = drift(kind, entry, match.live.document, key, change.ignore)
    if not fields:
        return None
    fields = tuple(replace(field, cause=Cause.DRIFT) for field in fields)
    reason = f"changed outside ddconf{last_change(match.live.document)}"
    return replace(change, action=Action.NOOP, before=live, fields=fields, reason=reason)


def accept(entry: Entry, change: Change) -> Entry:
    """The entry after a refresh: as if what somebody else did had been applied.

    So the next plan shows the way back to the definition as a change of configuration.
    """
    applied = copy(entry.applied)
    for field in change.fields:
        put(applied, field.path, field.after) if field.after is not None else remove(applied, field.path)
    return replace(entry, applied=applied, observed=copy(change.before or {}))
