"""The planner's table for entries that nothing defines any more."""

from __future__ import annotations

from dataclasses import replace

from ddconf.definitions.definition import Definition
from ddconf.document import format_path
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change
from ddconf.plans.comparison import NormalizationContext, digests
from ddconf.plans.drift import drift
from ddconf.plans.matching import Match
from ddconf.state.model import Entry

GONE = "deleted outside ddconf"
_SHOWN = 5


def remove(
    match: Match,
    entry: Entry,
    kind: Kind,
    key: bytes,
    definition: Definition | None = None,
    *,
    keep: bool = False,
) -> Change:
    """Delete the object of an entry, or forget it where that is asked for or all that can be done.

    `definition` is there when everything is destroyed, though still defined.
    """
    forget = Change(
        address=match.address,
        action=Action.FORGET,
        id=entry.id,
        depends_on=entry.depends_on,
        moved_from=match.moved_from,
        source=definition.source if definition else None,
        protect=entry.protected or bool(definition and definition.options.protect),
    )
    if keep:
        return replace(forget, reason="no longer managed; it stays as it is")
    if kind.api is None:
        return replace(forget, reason="no API can delete it: a person must, if it should go")
    if match.live is None:
        return replace(forget, reason=GONE)
    if kind.api.delete is None:
        return replace(forget, reason="it cannot be deleted and stays as it is")
    # Secrets are hidden where they were when the entry was written.
    view = NormalizationContext(kind, (), digests(entry.applied), key)
    why = "" if definition else "no longer defined"
    if changed := drift(kind, entry, match.live.document, key)[1]:
        paths = ", ".join(format_path(field.path) for field in changed[:_SHOWN])
        why = ", ".join(filter(None, (why, f"changed outside ddconf since ({paths})")))
    before = view.normalize(match.live.document)
    return replace(forget, action=Action.DELETE, before=before, reason=why)
