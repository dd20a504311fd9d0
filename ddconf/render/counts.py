"""How many objects a plan adds, changes and destroys: the closing line of every format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ddconf.plans.change import Action, Change, Plan


@dataclass(frozen=True, slots=True)
class Counts:
    """A replacement is one added and one destroyed; an adoption with differences is one changed too."""

    add: int = 0
    change: int = 0
    destroy: int = 0
    adopt: int = 0
    forget: int = 0
    manual: int = 0
    moved: int = 0
    drifted: int = 0

    def __str__(self) -> str:
        always = f"{self.add} to add, {self.change} to change, {self.destroy} to destroy"
        more = (
            (self.adopt, "to adopt"),
            (self.forget, "to forget"),
            (self.manual, "to do by hand"),
            (self.moved, "moved"),
            (self.drifted, "changed outside"),
        )
        return always + "".join(f", {number} {words}" for number, words in more if number)


def count(changes: Iterable[Change]) -> Counts:
    """Count what the changes do."""
    listed = list(changes)
    number = Counter(change.action for change in listed)
    return Counts(
        add=number[Action.CREATE] + number[Action.REPLACE],
        change=number[Action.UPDATE] + sum(c.action is Action.ADOPT and bool(c.fields) for c in listed),
        destroy=number[Action.DELETE] + number[Action.REPLACE],
        adopt=number[Action.ADOPT],
        forget=number[Action.FORGET],
        manual=number[Action.MANUAL],
        moved=sum(change.moved_from is not None for change in listed),
        drifted=sum(change.action is Action.NOOP and bool(change.fields) for change in listed),
    )


_WORDS = {
    Action.CREATE: "create",
    Action.UPDATE: "update",
    Action.REPLACE: "replace",
    Action.DELETE: "destroy",
    Action.ADOPT: "adopt",
    Action.FORGET: "forget",
    Action.MANUAL: "by hand",
}


@dataclass(frozen=True, slots=True)
class CountTable:
    """How many changes there are of each kind and action; a row has the kind, then a number per action."""

    actions: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


def count_by_kind(changes: Iterable[Change]) -> CountTable:
    """The table that every format begins with; actions that no change has are left out."""
    numbers = Counter((change.address.kind, _word(change)) for change in changes)
    order = (*_WORDS.values(), "moved", "changed outside", "keep")
    used = tuple(word for word in order if any(word == action for _, action in numbers))
    kinds = sorted({kind for kind, _ in numbers})
    return CountTable(used, tuple((kind, tuple(numbers[kind, word] for word in used)) for kind in kinds))


def _word(change: Change) -> str:
    if change.action is not Action.NOOP:
        return _WORDS[change.action]
    return "changed outside" if change.fields else "moved" if change.moved_from is not None else "keep"


def nothing_to_do(plan: Plan) -> str:
    """What was compared, for a plan without changes."""
    same = f"Live configuration matches the definitions: {plan.unchanged} unchanged"
    return same + (f", {plan.unmanaged} not managed by ddconf." if plan.unmanaged else ".")
