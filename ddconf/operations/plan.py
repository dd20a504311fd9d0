"""Make a plan: what apply would change, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ddconf.kind import Live
from ddconf.operations.fetch import Kinds, fetch
from ddconf.plans.change import Plan
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


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan and the live objects it was made from."""

    plan: Plan
    live: Mapping[str, Sequence[Live]]


def plan(
    client: Client,
    settings: Settings,
    definitions: Definitions,
    state: State,
    kinds: Kinds,
    scope: Scope = Scope(),
    *,
    sandbox: bool = False,
) -> Planned:
    """Read what is live and compare; raises DdconfError where something is wrong, BlockedError at a limit."""
    names = {address.kind for address in (*definitions.items, *state.entries)}
    live = fetch(client, names, settings, sandbox=sandbox)
    made = make_plan(
        definitions.items,
        live,
        state,
        kinds=kinds,
        moved=definitions.moved,
        secrets=settings.secret,
        site=client.site,
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        targets=scope.targets,
        excludes=scope.excludes,
        destroy=scope.destroy,
        refresh_only=scope.refresh_only,
    )
    return Planned(made, live)
