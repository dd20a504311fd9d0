"""Definitions, live objects and state -> Plan: the pure middle of every run."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from ddconf.address import Address
from ddconf.cache.comparison_cache import UnchangedFingerprints, fingerprint
from ddconf.cache.early_comparison import EarlyResult
from ddconf.definitions import references
from ddconf.definitions.definition import Definition, Moved, Removed
from ddconf.definitions.references import UNKNOWN, Reference
from ddconf.document import JSON, Path
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import NONE, Kind, Live
from ddconf.plans.adoption import adopt_all
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.comparison import secret_places
from ddconf.plans.decision import ResolvedDefinition, decide, decide_replacement
from ddconf.plans.matching import Kinds, Match, Objects, follow_moves, match_entries, objects_by_id
from ddconf.plans.names import name_ids
from ddconf.plans.order import sort_addresses, sort_changes
from ddconf.plans.reference_values import Known
from ddconf.plans.refresh import refresh
from ddconf.plans.removal import remove
from ddconf.plans.selection import named, select
from ddconf.state.model import State


def make_plan(
    definitions: Mapping[Address, Definition],
    live: Mapping[str, Sequence[Live]],
    state: State,
    *,
    kinds: Kinds,
    secrets: Callable[[str], str],
    site: str,
    created: str,
    moved: Iterable[Moved] = (),
    removed: Iterable[Removed] = (),
    targets: Sequence[str] = (),
    excludes: Sequence[str] = (),
    replaces: Sequence[str] = (),
    destroy: bool = False,
    refresh_only: bool = False,
    settled: UnchangedFingerprints | None = None,
    early_results: Mapping[Address, EarlyResult] | None = None,
    looked_up: Mapping[str, str] = NONE,
) -> Plan:
    """What must change for the live objects to be as defined; raises DdconfError with every mistake.

    `live` holds all objects of each kind that is defined or in the state. To destroy is to plan for no
    definitions at all; the definitions are then only asked for their protection. `settled` and
    `early_results` spare the comparison of what an earlier plan or an EarlyComparison has compared already,
    `looked_up` are the ids of look-ups.
    """
    kinds = cache(kinds)
    planner = _Planner(
        {} if destroy else definitions,
        objects_by_id(live),
        state,
        kinds,
        secrets,
        settled or UnchangedFingerprints(),
        early_results or {},
        looked_up,
    )
    planner.match(moved)
    planner.kept = {item.address for item in removed}
    chosen = planner.choose(targets, excludes)
    planner.replaced = planner.named_by("--replace", replaces)
    if refresh_only:
        changes = planner.refreshed(chosen)
    else:
        changes = [*planner.decided(chosen), *planner.removed(chosen, definitions if destroy else {})]
    planner.raise_mistakes()
    ours = sum(match.live is not None for match in planner.matches.values())
    return Plan(
        changes=name_ids(sort_changes(changes), planner.matches, planner.objects, kinds),
        site=site,
        lineage=state.lineage,
        serial=state.serial,
        created=created,
        unchanged=planner.unchanged,
        unmanaged=sum(len(items) for name, items in planner.objects.items() if not _is_given(kinds(name)))
        - ours,
    )


def _is_given(kind: Kind) -> bool:
    return kind.api is not None and kind.api.system_owned


@dataclass
class _Planner:
    """What is known so far while a plan is made."""

    definitions: Mapping[Address, Definition]
    objects: Objects
    state: State
    kinds: Kinds
    secret: Callable[[str], str]
    settled: UnchangedFingerprints
    early_results: Mapping[Address, EarlyResult]
    looked_up: Mapping[str, str]
    matches: dict[Address, Match] = field(default_factory=dict)
    known: Known = field(init=False)
    needs: dict[Address, tuple[Address, ...]] = field(default_factory=dict)
    found: dict[Address, tuple[tuple[Path, Reference], ...]] = field(default_factory=dict)
    """The references and secrets of what may hold any, which is few."""
    kept: set[Address] = field(default_factory=set)
    """What is forgotten, not deleted, when nothing defines it."""
    replaced: set[Address] = field(default_factory=set)
    """What is made anew though an update would do."""
    mistakes: list[Diagnostic] = field(default_factory=list)
    unchanged: int = 0

    @property
    def key(self) -> bytes:
        return self.state.lineage.encode()

    def match(self, moved: Iterable[Moved]) -> None:
        moves, self.mistakes = follow_moves(moved, self.definitions, self.state.entries)
        self.matches = match_entries(self.definitions, self.state.entries, self.objects, moves, self.kinds)
        self.known = Known(self.matches, self.kinds, self.secret, self.looked_up)
        self.found = {
            address: tuple(references.find(definition.document))
            for address, definition in self.definitions.items()
            if definition.refers
        }
        self.needs = {
            address: references.addresses(self.found.get(address, ())) for address in self.definitions
        }
        self.mistakes += adopt_all(
            self.needs, self.matches, self.objects, self.kinds, self.known.resolve_public
        )

    def choose(self, targets: Sequence[str], excludes: Sequence[str]) -> list[Address]:
        orphans = {
            address: match.entry.depends_on
            for address, match in self.matches.items()
            if match.entry and not match.definition
        }
        chosen, mistakes = select(self.needs, orphans, targets, excludes)
        self.mistakes += mistakes
        self.mistakes += [
            Diagnostic(f"{name} was not read in full, so nothing can be planned for it")
            for name in sorted({address.kind for address in chosen} - self.objects.keys())
            if self.kinds(name).api is not None
        ]
        self.raise_mistakes()
        return [address for address in self.matches if address in chosen]

    def named_by(self, flag: str, texts: Sequence[str]) -> set[Address]:
        found, mistakes = named(flag, texts, self.matches)
        self.mistakes += mistakes
        self.raise_mistakes()
        return found

    def raise_mistakes(self) -> None:
        if self.mistakes:
            raise DdconfError(*self.mistakes)

    def decided(self, chosen: Sequence[Address]) -> Iterator[Change]:
        """Changes of what is defined, in the order of references, since a new object's id is unknown."""
        wanted = {address: self.needs[address] for address in chosen if address in self.needs}
        for address in sort_addresses(wanted):
            match = self.matches[address]
            kind = self.kinds(address.kind)
            assert match.definition is not None
            early_results = self._foreseen(match)
            seen = (
                None if early_results else fingerprint(match, kind, self.state.lineage, self._values(address))
            )
            if address in self.replaced:
                change = decide_replacement(match, self._ready(match.definition), kind, self.key)
            elif early_results:
                change = early_results[1]
            elif seen in self.settled.before:
                change = None
            else:
                change = decide(match, self._ready(match.definition), kind, self.key)
            if isinstance(change, Diagnostic):
                self.mistakes.append(change)
            elif change is None:
                self.unchanged += 1
                if seen is not None:
                    self.settled.now.add(seen)
            else:
                if change.action in (Action.CREATE, Action.REPLACE):
                    self.known.made.add(address)
                yield replace(change, looked_up=self._looked_up(address))

    def _foreseen(self, match: Match) -> EarlyResult | None:
        """What was found when these very things were compared already."""
        found = self.early_results.get(match.address)
        return found if found and found[0] is match.live and match.moved_from is None else None

    def removed(
        self, chosen: Sequence[Address], definitions: Mapping[Address, Definition]
    ) -> Iterator[Change]:
        for address in chosen:
            match = self.matches[address]
            if match.entry and not match.definition:
                kind = self.kinds(address.kind)
                yield remove(
                    match,
                    match.entry,
                    kind,
                    self.key,
                    definitions.get(address),
                    keep=address in self.kept,
                )

    def refreshed(self, chosen: Sequence[Address]) -> list[Change]:
        owned = [(match, match.entry) for match in map(self._owner, chosen) if match.entry]
        changes = [refresh(match, entry, self.kinds(match.address.kind), self.key) for match, entry in owned]
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
        return None if any(value is UNKNOWN for _, value in values) else values

    def _looked_up(self, address: Address) -> dict[str, str]:
        found = {str(reference) for _, reference in self.found.get(address, ()) if reference.key}
        return {name: self.looked_up[name] for name in sorted(found) if name in self.looked_up}

    def _ready(self, definition: Definition) -> ResolvedDefinition:
        """References to what exists and secrets put in their places."""
        document = definition.document
        if not definition.refers:
            return ResolvedDefinition(definition, document, (), ())
        kind = self.kinds(definition.address.kind)
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
