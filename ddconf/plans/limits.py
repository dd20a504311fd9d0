"""What stops a plan before anything changes: protection, deletes for ever, and too much at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
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
class OwnedCounts:
    """What the state has: objects, those of them that are protected, and what was deleted within a day.

    `deleted` counts by kind what runs of the last day have deleted without anybody agreeing to a number.
    `changed` are objects that a plan would delete though they are not what their entries saw.
    """

    addresses: Collection[Address]
    protected: Collection[Address] = ()
    deleted: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    changed: Collection[Address] = ()
    names_organisation: bool = True


@dataclass(frozen=True, slots=True)
class Allowances:
    """What a person has agreed to: numbers of objects, addresses, kinds, and to `destroy` as such."""

    updates: int | None = None
    deletes: int | None = None
    irreversible: Collection[str] = ()
    writes: Collection[str] = ()
    destroy: bool = False
    adopt: bool = False
    """To take over what another state owns."""


def check(
    plan: Plan, limits: Limits, owned: OwnedCounts, allowed: Allowances, kinds: Kinds
) -> tuple[Diagnostic, ...]:
    """Every reason not to apply the plan.

    What is protected by the state counts on top of what the plan says, for plans that come from a file.
    """
    return (
        *_protected(plan, owned.protected),
        *_irreversible(plan, kinds, allowed.irreversible),
        *_opt_in(plan, kinds, allowed.writes),
        *_anothers(plan, allowed),
        *_doubtful_deletes(plan, owned, allowed),
        *_too_many_deletes(plan, limits, owned, allowed),
        *_too_many_updates(plan, limits, owned, allowed.updates),
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
                f"{change.address} would be deleted irreversibly: {why}",
                change.source,
                f"if intended, allow it by name: --allow-irreversible={change.address}",
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


def _anothers(plan: Plan, allowed: Allowances) -> Iterator[Diagnostic]:
    """Objects that another state owns, going by their mark."""
    if allowed.adopt:
        return
    taken = [change for change in plan.changes if change.owner and not change.adopt]
    for owner in sorted({change.owner for change in taken}):
        names = _names([change for change in taken if change.owner == owner])
        yield Diagnostic(
            f"owned by another ddconf state (tag {owner}): {names}",
            hint="to take them over, as from a lost state: --adopt, or `ddconf: {adopt: true}`",
        )


def _doubtful_deletes(plan: Plan, owned: OwnedCounts, allowed: Allowances) -> Iterator[Diagnostic]:
    """Deletes by a state that may be of another organisation, or of objects that are not as it saw them.

    A state may be forged, restored from an old copy, or lie beside a copy of the definitions.
    """
    hit = [change for change in plan.changes if destroys(change)]
    if not hit or (allowed.deletes is not None and len(hit) <= allowed.deletes):
        return
    hint = f"if intended: --allow-deletes={len(hit)}"
    if not owned.names_organisation:
        message = f"the state names no organisation, so it may delete nothing: {_names(hit)}"
        yield Diagnostic(message, hint=f"an apply without deletes notes the organisation; {hint}")
    if changed := [change for change in hit if change.address in owned.changed]:
        message = f"changed outside ddconf since they were applied, and would be deleted: {_names(changed)}"
        yield Diagnostic(message, hint=hint)


def _too_many_deletes(
    plan: Plan, limits: Limits, owned: OwnedCounts, allowed: Allowances
) -> Iterator[Diagnostic]:
    """Deletes beyond the limits: of a kind, of all kinds together, or of everything.

    A person agrees to the whole number of the plan, not to a number per kind.
    """
    hit = [change for change in plan.changes if destroys(change)]
    if not hit or (allowed.deletes is not None and len(hit) <= allowed.deletes):
        return
    hint = f"if intended: --allow-deletes={len(hit)} (the limit is `limits` in ddconf.yaml)"
    less = f", and --allow-deletes={allowed.deletes} is less than the {len(hit)} of the plan"
    found = list(_deletes_by_kind(hit, limits, owned, allowed))
    for message, changes in found or _deletes_in_all(plan, hit, limits, owned, allowed):
        said = less if allowed.deletes is not None else ""
        yield Diagnostic(f"{message}{said}: {_names(changes)}", hint=hint)


def _deletes_by_kind(
    hit: Sequence[Change], limits: Limits, owned: OwnedCounts, allowed: Allowances
) -> Iterator[tuple[str, list[Change]]]:
    counts = Counter(address.kind for address in owned.addresses)
    for kind, number in sorted(Counter(change.address.kind for change in hit).items()):
        limit, total, before = limits.of(kind), counts[kind], owned.deleted.get(kind, 0)
        changes = [change for change in hit if change.address.kind == kind]
        gone = sum(change.action is Action.DELETE for change in changes)
        if not _is_within(number + before, total + before, limit.deletes, limit.minimum):
            earlier = f", after {before} within a day" if before else ""
            most = _allowed(limit.deletes, total + before)
            yield f"the plan would delete {number} of {total} {kind}{earlier}, more than {most}", changes
        elif 1 < total == gone and not allowed.destroy and _is_part(limit.deletes):
            yield f"the plan would delete all {total} {kind}", changes


def _deletes_in_all(
    plan: Plan, hit: list[Change], limits: Limits, owned: OwnedCounts, allowed: Allowances
) -> Iterator[tuple[str, list[Change]]]:
    limit = limits.of("")
    total, before = len(owned.addresses), sum(owned.deleted.values())
    if not _is_part(limit.deletes):
        return
    is_named = allowed.destroy or all(str(change.address) in allowed.irreversible for change in hit)
    if not is_named and _defines_nothing(plan):
        yield f"no definition was found, and the plan would delete {len(hit)} of {total} objects", hit
    elif not _is_within(len(hit) + before, total + before, limit.deletes, limit.minimum):
        earlier = f", after {before} within a day" if before else ""
        most = _allowed(limit.deletes, total + before)
        yield f"the plan would delete {len(hit)} of {total} objects{earlier}, more than {most}", hit


def _defines_nothing(plan: Plan) -> bool:
    """Whether nothing stays: an empty folder, a wrong one, or one whose files are all passed over."""
    goes = (Action.DELETE, Action.FORGET)
    return plan.unchanged == 0 and all(change.action in goes for change in plan.changes)


def _too_many_updates(
    plan: Plan, limits: Limits, owned: OwnedCounts, agreed: int | None
) -> Iterator[Diagnostic]:
    """Kinds of which a plan updates more than their limit; making anew what vanished is an update, too."""
    hit = [change for change in plan.changes if _updates(change, owned)]
    if agreed is not None and len(hit) <= agreed:
        return
    counts = Counter(address.kind for address in owned.addresses)
    said = (
        f", and --allow-updates={agreed} is less than the {len(hit)} of the plan"
        if agreed is not None
        else ""
    )
    for kind, number in sorted(Counter(change.address.kind for change in hit).items()):
        limit, total = limits.of(kind), counts[kind]
        if not _is_within(number, total, limit.updates, limit.minimum):
            names = _names([change for change in hit if change.address.kind == kind])
            most = _allowed(limit.updates, total)
            yield Diagnostic(
                f"the plan would update {number} of {total} {kind}, more than {most}{said}: {names}",
                hint=f"if intended: --allow-updates={len(hit)} (the limit is `limits` in ddconf.yaml)",
            )


def _updates(change: Change, owned: OwnedCounts) -> bool:
    is_anew = change.action is Action.CREATE and change.address in owned.addresses
    return change.action is Action.UPDATE or is_anew


def _is_part(most: float | int) -> bool:
    """Whether a limit is a share that leaves something; a count, and 100 %, are a team's own word."""
    return isinstance(most, float) and most < 1


def _allowed(most: float | int, total: int) -> str:
    return f"{most:.0%} of {total}" if isinstance(most, float) else str(most)


def _is_within(number: int, total: int, most: float | int, minimum: int) -> bool:
    """A share says little about a handful of objects, so it counts from `minimum` objects on."""
    if isinstance(most, float):
        return total < minimum or number <= most * total
    return number <= most


def _names(changes: Sequence[Change]) -> str:
    shown = ", ".join(str(change.address) for change in changes[:_SHOWN])
    return shown + (f" and {len(changes) - _SHOWN} more" if len(changes) > _SHOWN else "")
