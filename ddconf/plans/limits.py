"""What stops a plan before anything changes: protection, deletes for ever, and too much at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ddconf.address import Address
from ddconf.errors import Diagnostic
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.matching import Kinds

_SHOWN = 10


class Limit(Protocol):
    """How much of a kind may change: a float is a share, an int a count; see ddconf.definitions.settings."""

    @property
    def updates(self) -> float | int: ...
    @property
    def deletes(self) -> float | int: ...
    @property
    def minimum(self) -> int: ...


class Limits(Protocol):
    """The limit of each kind."""

    def of(self, kind: str) -> Limit: ...


@dataclass(frozen=True, slots=True)
class Allowances:
    """What a person has agreed to: numbers of objects, addresses to destroy for ever, and kinds to write."""

    updates: int | None = None
    deletes: int | None = None
    irreversible: Collection[str] = ()
    writes: Collection[str] = ()


NO_ALLOWANCES = Allowances()


def check(
    plan: Plan,
    limits: Limits,
    counts: Mapping[str, int],
    *,
    kinds: Kinds,
    allowed: Allowances = NO_ALLOWANCES,
    protected: Collection[Address] = (),
) -> tuple[Diagnostic, ...]:
    """Every reason not to apply the plan.

    `counts` says how many objects of each kind are owned; `protected` names entries on top of what the plan
    says, for plans that come from a file.
    """
    return (
        *_protected(plan, protected),
        *_irreversible(plan, kinds, allowed.irreversible),
        *_opt_in(plan, kinds, allowed.writes),
        *_too_many(plan, limits, counts, Action.DELETE, allowed.deletes),
        *_too_many(plan, limits, counts, Action.UPDATE, allowed.updates),
    )


def destroys(change: Change) -> bool:
    """Whether the object is gone afterwards; what replaces it is another one."""
    return change.action in (Action.DELETE, Action.REPLACE)


def _protected(plan: Plan, protected: Collection[Address]) -> Iterator[Diagnostic]:
    for change in plan.changes:
        if destroys(change) and (change.protect or change.address in protected):
            yield Diagnostic(
                f"{change.address} is protected and would be destroyed",
                change.source,
                "set `ddconf: {protect: false}`, apply that, and then remove it",
                str(change.address),
            )


def _irreversible(plan: Plan, kinds: Kinds, allowed: Collection[str]) -> Iterator[Diagnostic]:
    for change in plan.changes:
        why = kinds(change.address.kind).irreversible
        if why and destroys(change) and str(change.address) not in allowed:
            yield Diagnostic(
                f"{change.address} would be destroyed for ever: {why}",
                change.source,
                f"if that is meant, allow it by name: --allow-irreversible={change.address}",
                str(change.address),
            )


def _opt_in(plan: Plan, kinds: Kinds, allowed: Collection[str]) -> Iterator[Diagnostic]:
    writes = (Action.CREATE, Action.UPDATE, Action.REPLACE, Action.DELETE)
    for change in plan.changes:
        kind = kinds(change.address.kind)
        sends = change.action in writes or (change.action is Action.ADOPT and change.fields)
        if kind.opt_in and sends and kind.name not in allowed:
            yield Diagnostic(
                f"{change.address} would be changed, but {kind.name} is only read so far: {kind.opt_in}",
                change.source,
                f"to try it, write `allow_writes: [{kind.name}]` into ddconf.yaml",
                str(change.address),
            )


def _too_many(
    plan: Plan, limits: Limits, counts: Mapping[str, int], action: Action, agreed: int | None
) -> Iterator[Diagnostic]:
    """Kinds of which a plan deletes (or updates) more than their limit.

    A person agrees to the whole number of the plan, not to a number per kind.
    """
    deletes = action is Action.DELETE
    hit = [change for change in plan.changes if (destroys(change) if deletes else change.action is action)]
    if agreed is not None and len(hit) <= agreed:
        return
    verb, flag = ("delete", "--allow-deletes") if deletes else ("update", "--allow-updates")
    for kind, number in sorted(Counter(change.address.kind for change in hit).items()):
        limit, total = limits.of(kind), counts.get(kind, 0)
        most = limit.deletes if deletes else limit.updates
        if _is_within(number, total, most, limit.minimum):
            continue
        names = _names([change for change in hit if change.address.kind == kind])
        allowed = f"{most:.0%} of {total}" if isinstance(most, float) else str(most)
        said = f", and {flag}={agreed} is less than the {len(hit)} of the plan" if agreed is not None else ""
        yield Diagnostic(
            f"the plan would {verb} {number} of {total} {kind}, more than {allowed}{said}: {names}",
            hint=f"if that is meant: {flag}={len(hit)} (the limit is `limits` in ddconf.yaml)",
        )


def _is_within(number: int, total: int, most: float | int, minimum: int) -> bool:
    """A share says little about a handful of objects, so it counts from `minimum` objects on."""
    if isinstance(most, float):
        return total < minimum or number <= most * total
    return number <= most


def _names(changes: Sequence[Change]) -> str:
    shown = ", ".join(str(change.address) for change in changes[:_SHOWN])
    return shown + (f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else "")
