"""Make a plan: what apply would change, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ddconf.cache.comparison_cache import UnchangedFingerprints
from ddconf.cache.early_comparison import EarlyComparison, EarlyResult
from ddconf.cache.store import Cache
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Live
from ddconf.operations.plan import organisation
from ddconf.operations.plan.confirm_deleted import refuse_partial_lists
from ddconf.operations.plan.fetch import Kinds, fetch_what_can_be
from ddconf.operations.plan.unlisted import is_unlisted, kinds_above, object_hints
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.lookups import LookedUp, kinds_looked_up, look_up
from ddconf.plans.planner import make_plan

if TYPE_CHECKING:
    from ddconf.address import Address
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.state.model import State


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the organisation a plan is about."""

    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    destroy: bool = False
    refresh_only: bool = False


EVERYTHING = Scope()
_SENT = (Action.CREATE, Action.REPLACE)


def plan(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    state: State,
    kinds: Kinds,
    scope: Scope = EVERYTHING,
    *,
    sandbox: bool = False,
    warn: Callable[[Diagnostic], object] = lambda _warning: None,
) -> Plan:
    """Read what is live while `load` reads the definitions, and compare; raises DdconfError."""
    kept = load_fingerprints(settings, sandbox=sandbox)
    settled = UnchangedFingerprints(kept)
    early_comparison = EarlyComparison(state, kinds, settled)
    definitions, live = _read(client, settings, load, state, kinds, early_comparison, sandbox=sandbox)
    looked_up = LookedUp(definitions.items)
    if not (scope.destroy or scope.refresh_only):
        looked_up = look_up(definitions.items, live, kinds)
        if len(looked_up.items) < len(definitions.items):
            raise DdconfError(*looked_up.told)
        for warning in looked_up.told:
            warn(warning)
    made = _made(
        settings,
        definitions,
        looked_up,
        state,
        live,
        client.site,
        kinds,
        scope,
        settled,
        early_comparison.seen,
    )
    if made.changes and state.organisation:
        organisation.known(client, state)
    if not (scope.destroy or scope.refresh_only):
        _refuse_mistakes(made, definitions)
    save_fingerprints(kept, settled)
    return made


def load_fingerprints(settings: Settings, *, sandbox: bool) -> Cache:
    """The fingerprints of earlier runs; the sandbox keeps none, since its organisation is next door."""
    return Cache(None if sandbox else settings.root / ".ddconf" / "cache" / "settled")


def save_fingerprints(kept: Cache, settled: UnchangedFingerprints) -> None:
    """Remember what this run has settled for the next one."""
    for fingerprint in settled.now:
        if kept.get(fingerprint) is None:
            kept.put(fingerprint, b"")
    kept.save()


def _refuse_mistakes(made: Plan, definitions: Definitions) -> None:
    """Check what would be sent as `validate` does; raises DdconfError before anything is changed."""
    sent = [change for change in made.changes if change.action in _SENT or change.fields]
    if sent:
        from ddconf.operations.validate import mistakes

        checked = ((definitions.items.get(change.address), change.before) for change in sent)
        found = [item for one, shown in checked if one for item in mistakes(one, shown)]
        if found:
            raise DdconfError(*found)


def _read(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    state: State,
    kinds: Kinds,
    early_comparison: EarlyComparison,
    *,
    sandbox: bool,
) -> tuple[Definitions, Mapping[str, list[Live]]]:
    """The definitions, and every live object of the kinds that they, their look-ups or the state name."""
    owned = Counter(address.kind for address in state.entries)
    names = set(owned)
    early = {name for name in names if not is_unlisted(name)} - kinds_above(names)
    with ThreadPoolExecutor(1) as pool, _ended_on_error(client, early_comparison):
        reading = pool.submit(
            fetch_what_can_be,
            client,
            early,
            settings,
            sandbox=sandbox,
            expected=owned,
            look=early_comparison.look,
            glance=early_comparison.glance,
        )
        definitions = load()
        early_comparison.begin(definitions.items)
        names |= {address.kind for address in definitions.items}
        read_early = kinds_above(names - early) & early
        others, unread = fetch_what_can_be(
            client,
            names - early,
            settings,
            sandbox=sandbox,
            in_brief=kinds_looked_up(definitions.items.values()) - names,
            known=object_hints(definitions.items, state.entries, kinds, lambda: reading.result()[0]),
            listed={name: reading.result()[0].get(name, []) for name in read_early},
        )
        live, failed = reading.result()
    if failed or unread:
        raise DdconfError(*failed.values(), *unread.values())
    refuse_partial_lists(client, live | others, state.entries)
    return definitions, live | others


@contextmanager
def _ended_on_error(client: Client, early_comparison: EarlyComparison) -> Iterator[None]:
    """Nothing that was begun waits any longer where something fails, or somebody interrupts."""
    try:
        yield
    except BaseException:
        client.stop()
        early_comparison.end()
        raise


def compare(
    settings: Settings,
    definitions: Definitions,
    state: State,
    live: Mapping[str, Sequence[Live]],
    site: str,
    kinds: Kinds,
    settled: UnchangedFingerprints | None = None,
) -> tuple[Change, ...]:
    """The changes of a plan from live objects that are at hand; of what else there is, nothing is said.

    `settled` spares the comparison of what was compared already.
    """
    at_hand = {address: item for address, item in definitions.items.items() if address.kind in live}
    looked_up = look_up(at_hand, live, kinds)
    without = at_hand.keys() - looked_up.items.keys()
    entries = {
        address: entry
        for address, entry in state.entries.items()
        if address.kind in live and address not in without
    }
    return _made(
        settings,
        definitions,
        looked_up,
        replace(state, entries=entries),
        live,
        site,
        kinds,
        EVERYTHING,
        settled,
    ).changes


def _made(
    settings: Settings,
    definitions: Definitions,
    looked_up: LookedUp,
    state: State,
    live: Mapping[str, Sequence[Live]],
    site: str,
    kinds: Kinds,
    scope: Scope,
    settled: UnchangedFingerprints | None = None,
    early_results: Mapping[Address, EarlyResult] | None = None,
) -> Plan:
    return make_plan(
        looked_up.items,
        live,
        state,
        kinds=kinds,
        moved=definitions.moved,
        removed=definitions.removed,
        secrets=settings.secret,
        site=site,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        targets=scope.targets,
        excludes=scope.excludes,
        replaces=scope.replaces,
        destroy=scope.destroy,
        refresh_only=scope.refresh_only,
        settled=settled,
        early_results=early_results,
        looked_up=looked_up.ids,
    )
