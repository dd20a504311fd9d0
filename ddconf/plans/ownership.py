"""Whose an object is, going by its mark: what a plan would take from another state."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ddconf.kind import Live
from ddconf.plans.change import Action, Change

_WRITES = (Action.UPDATE, Action.REPLACE, Action.DELETE, Action.ADOPT)


@dataclass(frozen=True, slots=True)
class Ownership:
    """How an apply deals with marks: its state's own, whether it puts that on what it writes, and whether it
    may take over what bears another one."""

    own: str = ""
    puts: bool = True
    takes_over: bool = False

    @property
    def put(self) -> str:
        """The mark that goes along with a write; empty for none."""
        return self.own if self.puts else ""


NOBODY = Ownership()
"""For what leaves no mark."""


def owner_of(live: Live, own: str) -> str:
    """The mark of another state that owns the object; empty where none does, or that of the mark `own`."""
    marks = live.marks
    return "" if own in marks else next(iter(marks), "")


def with_owner(change: Change, live: Live | None, own: str) -> Change:
    """The change with the mark of the state from which it would take its object, if there is one."""
    owner = owner_of(live, own) if live and change.action in _WRITES else ""
    if not owner:
        return change
    reason = ", ".join(filter(None, (change.reason, f"owned by another ddconf state, {owner}")))
    return replace(change, owner=owner, reason=reason)
