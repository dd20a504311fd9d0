"""Definitions, live objects and state -> Plan: the pure middle of every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints, fingerprint
from ddconf.cache.early_comparison import EarlyResult
from ddconf.definitions import references
from ddconf.definitions.definition import Definition, MovedBlock, RemovedBlock
from ddconf.definitions.references import UNRESOLVED, Reference
from ddconf.document import JSON, Path
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live
from ddconf.kind.mark import mark_of
from ddconf.plans.adoption import adopt_all
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.comparison import secret_places
from ddconf.plans.decision import ResolvedDefinition, decide, decide_replacement, decide_takeover
from ddconf.plans.matching import Kinds, Match, Objects, follow_moves, match_entries, objects_by_id
from ddconf.plans.names import name_ids
from ddconf.plans.order import sort_addresses, sort_changes
from ddconf.plans.ownership import owner_of, with_owner
from ddconf.plans.reference_values import ReferenceValues
from ddconf.plans.refresh import refresh
from ddconf.plans.removal import remove
from ddconf.plans.scope import EVERYTHING, PlanScope
from ddconf.plans.selection import named, select
from ddconf.state.model import State


@dataclass(frozen=True, slots=True)
class DesiredConfiguration:
    """What is defined; `moved` and `removed` tell of addresses that are not any more.

    `looked_up` are the ids of look-ups, by the text of the reference.
    """

    definitions: Mapping[Address, Definition]
    moved: Iterable[MovedBlock] = ()
    removed: Iterable[RemovedBlock] = ()
    looked_up: Mapping[str, str] = NONE


@dataclass(frozen=True, slots=True)
class PlanContext:
    """Where and when a plan is made, and where it finds kinds and secrets."""

    kinds: Kinds
    secret: Callable[[str], str]
    site: str
    created: str


@dataclass(frozen=True, slots=True)
class PriorComparisons:
    """What need not be compared: by an earlier plan, or by an EarlyComparison of this one."""

    unchanged: UnchangedFingerprints = field(default_factory=UnchangedFingerprints)
    early: Mapping[Address, EarlyResult] = field(default_factory=dict)


def make_plan(
    desired: DesiredConfiguration,
    live: Mapping[str, Sequence[Live]],
    state: State,
    context: PlanContext,
    scope: PlanScope = EVERYTHING,
    prior: PriorComparisons | None = None,
) -> Plan:
    """What must change for the live objects to be as defined; raises DdconfError with every mistake.

    `live` holds all objects of each kind that is defined or in the state. To destroy is to plan for no
    definitions at all; the definitions are then only asked for their protection.
    """
    context = replace(context, kinds=cache(context.kinds))
    kinds = context.kinds
    planner = _Planner(
        replace(desired, definitions={}) if scope.destroy else desired,
        objects_by_id(live),
        state,
        context,
        prior or PriorComparisons(),
    )
    planner.match()
    selected = planner.choose(scope.targets, scope.excludes)
    planner.replaced = planner.named_by("--replace", scope.replaces)
    planner.takes_over = scope.adopt
    if scope.refresh_only:
        changes = planner.refreshed(selected)
    else:
        protection = desired.definitions if scope.destroy else {}
        changes = [*planner.decided(selected), *planner.removed(selected, protection)]
    planner.raise_mistakes()
    ours = sum(match.live is not None for match in planner.matches.values())
    return Plan(
        changes=name_ids(sort_changes(changes), planner.matches, planner.objects, kinds),
        site=context.site,
        lineage=state.lineage,
        serial=state.serial,
        created=context.created,
        unchanged=planner.unchanged,
        unmanaged=sum(len(items) for name, items in planner.objects.items() if not _is_given(kinds(name)))
        - ours,
    )


def _is_given(kind: Kind) -> bool:
    return kind.api is not None and kind.api.system_owned


@dataclass
class _Planner:
    """What is known so far while a plan is made."""

    desired: DesiredConfiguration
    objects: Objects
    state: State
    context: PlanContext
    prior: PriorComparisons
    matches: dict[Address, Match] = field(default_factory=dict)
    known: ReferenceValues = field(init=False)
    needs: dict[Address, tuple[Address, ...]] = field(default_factory=dict)
    found: dict[Address, tuple[tuple[Path, Reference], ...]] = field(default_factory=dict)
    """The references and secrets of what may hold any, which is few."""
    replaced: set[Address] = field(default_factory=set)
    """What is made anew though an update would do."""
    takes_over: bool = False
    """What is as defined, but owned by another state, is taken over as well."""
    mistakes: list[Diagnostic] = field(default_factory=list)
    unchanged: int = 0

    def __post_init__(self) -> None:
        self.own = mark_of(self.state.lineage)

    @property
    def key(self) -> bytes:
        return self.state.lineage.encode()

    def kind_of(self, address: Address) -> Kind:
        return self.context.kinds(address.kind)

    def match(self) -> None:
        definitions, kinds = self.desired.definitions, self.context.kinds
        moves, self.mistakes = follow_moves(self.desired.moved, definitions, self.state.entries)
        self.matches = match_entries(definitions, self.state.entries, self.objects, moves, kinds)
        self.known = ReferenceValues(self.matches, kinds, self.context.secret, self.desired.looked_up)
        self.found = {
            address: tuple(references.find(definition.document))
            for address, definition in definitions.items()
            if definition.refers
        }
        self.needs = {address: references.addresses(self.found.get(address, ())) for address in definitions}
        self.mistakes += adopt_all(self.needs, self.matches, self.objects, kinds, self.known.resolve_public)

    def choose(self, targets: Sequence[str], excludes: Sequence[str]) -> list[Address]:
        orphans = {
            address: match.entry.depends_on
            for address, match in self.matches.items()
            if match.entry and not match.definition
        }
        selected, mistakes = select(self.needs, orphans, targets, excludes)
        self.mistakes += mistakes
        self.mistakes += [
            Diagnostic(f"{name} was not read in full, so nothing can be planned for it")
            for name in sorted({address.kind for address in selected} - self.objects.keys())
            if self.context.kinds(name).api is not None
        ]
        self.raise_mistakes()
        return [address for address in self.matches if address in selected]

    def named_by(self, flag: str, texts: Sequence[str]) -> set[Address]:
        found, mistakes = named(flag, texts, self.matches)
        self.mistakes += mistakes
        self.raise_mistakes()
        return found

    def raise_mistakes(self) -> None:
        if self.mistakes:
            raise DdconfError(*self.mistakes)

    def decided(self, selected: Sequence[Address]) -> list[Change]:
        """Changes of what is defined, in the order of references, since a new object's id is unknown."""
        changes = []
        wanted = {address: self.needs[address] for address in selected if address in self.needs}
        for address in sort_addresses(wanted):
            decision = self._decision(self.matches[address]) or self._takeover(self.matches[address])
            if isinstance(decision, Diagnostic):
                self.mistakes.append(decision)
            elif decision is None:
                self.unchanged += 1
            else:
                if decision.action in (Action.CREATE, Action.REPLACE):
                    self.known.made.add(address)  # what refers to it gets an id that only the apply knows
                decision = with_owner(decision, self.matches[address].live, self.own)
                changes.append(replace(decision, looked_up=self._looked_up(address)))
        return changes

    def _decision(self, match: Match) -> Change | Diagnostic | None:
        """What is to be done for a definition, compared only where nobody has compared it yet."""
        assert match.definition is not None
        kind = self.kind_of(match.address)
        if match.address in self.replaced:
            return decide_replacement(match, self._ready(match.definition), kind, self.key)
        if early := self._early_result(match):
            return early[1]
        unchanged = self.prior.unchanged
        traced = fingerprint(match, kind, self.state.lineage, self._values(match.address))
        if traced in unchanged.previous:
            decision = None
        else:
            decision = decide(match, self._ready(match.definition), kind, self.key)
        if decision is None and traced is not None:
            unchanged.current.add(traced)
        return decision

    def _takeover(self, match: Match) -> Change | None:
        """The change of what is as defined, where it is to be taken from another state."""
        definition, live = match.definition, match.live
        asked = self.takes_over or bool(definition and definition.options.adopt)
        if not (asked and definition and live and owner_of(live, self.own)):
            return None
        return decide_takeover(match, self._ready(definition), self.kind_of(match.address), self.key)

    def _early_result(self, match: Match) -> EarlyResult | None:
        """What was found when these very things were compared already."""
        found = self.prior.early.get(match.address)
        return found if found and found[0] is match.live and match.moved_from is None else None

    def removed(
        self, selected: Sequence[Address], protection: Mapping[Address, Definition]
    ) -> Iterator[Change]:
        forgotten = {item.address for item in self.desired.removed}
        for address in selected:
            match = self.matches[address]
            if match.entry and not match.definition:
                definition, keep = protection.get(address), address in forgotten
                change = remove(match, match.entry, self.kind_of(address), self.key, definition, keep=keep)
                yield with_owner(change, match.live, self.own)

    def refreshed(self, selected: Sequence[Address]) -> list[Change]:
        owned = [(match, match.entry) for match in map(self._owner, selected) if match.entry]
        changes = [refresh(match, entry, self.kind_of(match.address), self.key) for match, entry in owned]
        self.unchanged = changes.count(None)
        return [change for change in changes if change]

    def _owner(self, address: Address) -> Match:
        """The match of an address with its entry, without what it may adopt in place of its own object."""
        match = self.matches[address]
        if match.entry is not None:
            return match
        return replace(match, entry=self.state.entries.get(match.moved_from or address), live=None)

    def _values(self, address: Address) -> list[tuple[str, JSON]] | None:
        """What the references of a definition stand for; None where one is secret or not known yet."""
        found = [reference for _, reference in self.found.get(address, ())]
        if any(reference.kind == "secret" for reference in found):
            return None
        try:
            values = [(str(reference), self.known.public(reference)) for reference in found]
        except DdconfError:
            return None
        return None if any(value is UNRESOLVED for _, value in values) else values

    def _looked_up(self, address: Address) -> dict[str, str]:
        found = {str(reference) for _, reference in self.found.get(address, ()) if reference.key}
        return {
            name: self.desired.looked_up[name] for name in sorted(found) if name in self.desired.looked_up
        }

    def _ready(self, definition: Definition) -> ResolvedDefinition:
        """References to what exists and secrets put in their places."""
        document = definition.document
        if not definition.refers:
            return ResolvedDefinition(definition, document, (), ())
        kind = self.kind_of(definition.address)
        try:
            resolved = kind.with_text_ids(references.resolve(document, self.known.value))
        except DdconfError as error:
            self.mistakes += [
                replace(item, source=item.source or definition.source, address=str(definition.address))
                for item in error.diagnostics
            ]
            resolved = document
        places = secret_places(kind, document)
        return ResolvedDefinition(definition, resolved, self.needs[definition.address], places)
