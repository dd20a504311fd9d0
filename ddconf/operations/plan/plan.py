"""Make a plan: what apply would change, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ddconf.cache.comparison_cache import UnchangedFingerprints, remembered_comparisons
from ddconf.cache.early_comparison import EarlyComparison
from ddconf.cache.folder import cache_file
from ddconf.datadog.objects.read_request import ReadRequest
from ddconf.errors import DdconfError, Diagnostic
from ddconf.kind import Live
from ddconf.operations.plan.confirm_deleted import refuse_partial_lists, refuse_what_other_keys_saw
from ddconf.operations.plan.fetch import Kinds, fetch_what_can_be, kinds_for, kinds_named
from ddconf.operations.plan.organisation import require_same_organisation
from ddconf.operations.plan.unlisted import KnownObjects, is_unlisted, kinds_above
from ddconf.plans.change import Action, Change, Plan
from ddconf.plans.lookups import LookupResults, lookup_kinds, resolve_lookups
from ddconf.plans.offered_moves import offered_moves
from ddconf.plans.pending import set_pending_aside
from ddconf.plans.planner import DesiredConfiguration, PlanContext, PriorComparisons, make_plan
from ddconf.plans.scope import EVERYTHING, PlanScope

if TYPE_CHECKING:
    from ddconf.datadog.http.client import Client
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.state.model import State


_SENT = (Action.CREATE, Action.REPLACE)


def plan(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    state: State,
    scope: PlanScope = EVERYTHING,
    *,
    sandbox: bool = False,
    warn: Callable[[Diagnostic], object] = lambda _warning: None,
) -> Plan:
    """Read what is live while `load` reads the definitions, and compare; raises DdconfError."""
    kinds = kinds_for(settings, sandbox=sandbox)
    with remembered_comparisons(comparisons_file(settings, sandbox=sandbox)) as unchanged:
        early_comparison = EarlyComparison(state, kinds, unchanged)
        definitions, live = _read(client, settings, load, state, early_comparison, sandbox=sandbox)
        desired = LookupResults(definitions.items)
        if scope.applies_definitions:
            desired = _ready_to_compare(definitions, live, state, settings, kinds, warn)
        made = make_plan(
            _desired(definitions, desired),
            live,
            state,
            _context(settings, client.site, kinds),
            scope,
            PriorComparisons(unchanged, early_comparison.results),
        )
        if made.changes and state.organisation:
            require_same_organisation(client, state)
        if scope.applies_definitions:
            _refuse_mistakes(made, definitions, settings.allow_unknown)
            for offer in offered_moves(made, kinds):
                warn(offer)
    return made


def _ready_to_compare(
    definitions: Definitions,
    live: Mapping[str, list[Live]],
    state: State,
    settings: Settings,
    kinds: Kinds,
    warn: Callable[[Diagnostic], object],
) -> LookupResults:
    """The definitions with what they look up, less those that wait for Datadog; raises DdconfError."""
    # Where a run has written before, or a file holds kinds, everything was deleted on purpose.
    if not (state.entries or state.serial or definitions.files):
        definitions.refuse_emptiness(settings.root)
    found = resolve_lookups(definitions.items, live, kinds)
    if len(found.items) < len(definitions.items):
        raise DdconfError(*found.told)
    pending = set_pending_aside(found.items, live, kinds)
    for warning in (*found.told, *pending.told):
        warn(warning)
    return replace(found, items=pending.items)


def _desired(definitions: Definitions, looked_up: LookupResults) -> DesiredConfiguration:
    return DesiredConfiguration(looked_up.items, definitions.moved, definitions.removed, looked_up.ids)


def _context(settings: Settings, site: str, kinds: Kinds) -> PlanContext:
    return PlanContext(kinds, settings.secret, site, datetime.now(UTC).isoformat(timespec="seconds"))


def comparisons_file(settings: Settings, *, sandbox: bool) -> str | None:
    """Where comparisons are remembered; of the sandbox nowhere, since its organisation is next door."""
    return None if sandbox else cache_file(settings.root, "unchanged")


def _refuse_mistakes(made: Plan, definitions: Definitions, allowed: Collection[str]) -> None:
    """Check what would be sent as `validate` does; raises DdconfError before anything is changed."""
    sent = [change for change in made.changes if change.action in _SENT or change.fields]
    if sent:
        from ddconf.operations.validate import mistakes

        checked = ((definitions.items.get(change.address), change.before) for change in sent)
        found = [item for one, shown in checked if one for item in mistakes(one, shown, allowed)]
        if found:
            raise DdconfError(*found)


def _read(
    client: Client,
    settings: Settings,
    load: Callable[[], Definitions],
    state: State,
    early_comparison: EarlyComparison,
    *,
    sandbox: bool,
) -> tuple[Definitions, Mapping[str, list[Live]]]:
    """The definitions, and every live object of the kinds that they, their look-ups or the state name."""
    kinds = kinds_for(settings, sandbox=sandbox)
    owned = Counter(address.kind for address in state.entries)
    names = set(owned)
    early = {name for name in names if not is_unlisted(name)} - kinds_above(names)
    with ThreadPoolExecutor(1) as pool, _stopped_on_error(client), early_comparison:
        reading = pool.submit(
            fetch_what_can_be,
            client,
            ReadRequest(kinds_named(early), expected_counts=owned),
            settings,
            sandbox=sandbox,
            on_listed=early_comparison.offer,
            on_object=early_comparison.compare,
        )
        definitions = load()
        early_comparison.set_definitions(definitions.items)
        names |= {address.kind for address in definitions.items}
        read_early = kinds_above(names - early) & early
        request = ReadRequest(
            kinds_named(names - early),
            list_only=kinds_named(lookup_kinds(definitions.items.values()) - names),
            hints=KnownObjects(definitions.items, state.entries, kinds, lambda: reading.result()[0]).hints,
            already_listed={name: reading.result()[0].get(name, []) for name in read_early},
        )
        others, unread = fetch_what_can_be(client, request, settings, sandbox=sandbox)
        live, failed = reading.result()
    if failed or unread:
        raise DdconfError(*failed.values(), *unread.values())
    refuse_partial_lists(client, live | others, state.entries)
    refuse_what_other_keys_saw(client, live | others, state)
    return definitions, live | others


@contextmanager
def _stopped_on_error(client: Client) -> Iterator[None]:
    """No request that was begun waits any longer where something fails, or somebody interrupts."""
    try:
        yield
    except BaseException:
        client.stop()
        raise


def compare(
    settings: Settings,
    definitions: Definitions,
    state: State,
    live: Mapping[str, Sequence[Live]],
    site: str,
    kinds: Kinds,
    unchanged: UnchangedFingerprints | None = None,
) -> tuple[Change, ...]:
    """The changes of a plan from live objects that are at hand; of what else there is, nothing is said.

    `unchanged` spares the comparison of what was compared already.
    """
    at_hand = {address: item for address, item in definitions.items.items() if address.kind in live}
    looked_up = resolve_lookups(at_hand, live, kinds)
    unresolved = at_hand.keys() - looked_up.items.keys()
    entries = {
        address: entry
        for address, entry in state.entries.items()
        if address.kind in live and address not in unresolved
    }
    return make_plan(
        _desired(definitions, looked_up),
        live,
        replace(state, entries=entries),
        _context(settings, site, kinds),
        prior=PriorComparisons(unchanged or UnchangedFingerprints()),
    ).changes
