"""Make a plan: what apply would change, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ddconf.kind import Live
from ddconf.operations.fetch import Kinds, fetch
from ddconf.plans.change import Change, Plan
from ddconf.plans.planner import make_plan

if TYPE_CHECKING:
    from ddconf.datadog.client import Client
    from ddconf.definitions.load import Definitions
    from ddconf.definitions.settings import Settings
    from ddconf.state.state import State


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the organisation a plan is about."""

    targets: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    destroy: bool = False
    refresh_only: bool = False


EVERYTHING = Scope()


def plan(
    client: Client,
    settings: Settings,
    definitions: Definitions,
    state: State,
    kinds: Kinds,
    scope: Scope = EVERYTHING,
    *,
    sandbox: bool = False,
) -> Plan:
    """Read what is live and compare; raises DdconfError where something is wrong."""
    names = {address.kind for address in (*definitions.items, *state.entries)}
    live = fetch(client, names, settings, sandbox=sandbox)
    return _made(settings, definitions, state, live, client.site, kinds, scope)


def compare(
    settings: Settings,
    definitions: Definitions,
    state: State,
    live: Mapping[str, Sequence[Live]],
    site: str,
    kinds: Kinds,
) -> tuple[Change, ...]:
    """The changes of a plan from live objects that are at hand; of kinds that are not, nothing is said."""
    at_hand = {address: item for address, item in definitions.items.items() if address.kind in live}
    entries = {address: entry for address, entry in state.entries.items() if address.kind in live}
    return _made(
        settings,
        replace(definitions, items=at_hand),
        replace(state, entries=entries),
        live,
        site,
        kinds,
        EVERYTHING,
    ).changes


def _made(
    settings: Settings,
    definitions: Definitions,
    state: State,
    live: Mapping[str, Sequence[Live]],
    site: str,
    kinds: Kinds,
    scope: Scope,
) -> Plan:
    return make_plan(
        definitions.items,
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
        destroy=scope.destroy,
        refresh_only=scope.refresh_only,
    )
