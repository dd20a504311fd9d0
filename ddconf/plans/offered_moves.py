"""Objects that a plan would delete and create anew, though they are alike: perhaps one was only renamed.

A new address or a new name alone is known as a move; where both change at once, only likeness tells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddconf.document import Document, canonical, walk
from ddconf.errors import Diagnostic, Severity
from ddconf.kind import Kind
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.comparison import NormalizationContext

ALIKE = 0.6
"""Of all leaves of two documents, how many must be equal."""


def offered_moves(plan: Plan, kinds: Callable[[str], Kind]) -> Iterator[Diagnostic]:
    """A warning for each pair of objects that are each other's nearest, with the move that keeps one."""
    deleted = [change for change in plan.changes if change.action is Action.DELETE]
    created = [change for change in plan.changes if change.action is Action.CREATE] if deleted else []
    likeness = {
        (old, new): value
        for new, change in enumerate(created)
        for old, gone in enumerate(deleted)
        if gone.address.kind == change.address.kind
        and (value := _likeness(gone, change, kinds(change.address.kind))) >= ALIKE
    }
    for (old, new), value in likeness.items():
        rivals = [other for pair, other in likeness.items() if (pair[0] == old) != (pair[1] == new)]
        if all(other < value for other in rivals):
            yield _offer(deleted[old], created[new])


def _likeness(deleted: Change, created: Change, kind: Kind) -> float:
    one = _leaves(deleted.before or {})
    other = _leaves(NormalizationContext(kind).normalize(created.desired or {}))
    return len(one & other) / max(1, len(one | other))


def _leaves(document: Document) -> set[str]:
    return {canonical([list(path), value]) for path, value in walk(document)}


def _offer(deleted: Change, created: Change) -> Diagnostic:
    message = f"{created.address} looks like {deleted.address} under another name and address"
    move = f"moved: [{{from: {deleted.address}, to: {created.address}}}]"
    hint = f"to keep the object and rename it, add `{move}`"
    return Diagnostic(message, created.source, hint, str(created.address), Severity.WARNING)
