"""The life of an object of every kind: create, repair, change, replace, adopt, export, delete."""

from __future__ import annotations

import pytest

from ddconf.kind import Kind, find_kind, kind_names
from tests.e2e.conftest import SOAK, Desk
from tests.e2e.life import DRIFT, REPLACEMENT, UPDATE, live_through
from tests.kinds import samples

UNTOLD = {
    "rum_permanent_retention_filter": "the emulator has none, and nobody can make one",
}
"""Kind -> why its life cannot be told here."""


def is_written(kind: Kind) -> bool:
    """Whether there is a life to tell: what Datadog gives is only referred to."""
    return kind.api is not None and not kind.manual and not kind.api.system_owned


UNSEEN = (
    "integration_ms_teams_workflows_webhook_handle",
    "integration_pagerduty_service_object",
)
"""Kinds that have but a key and a secret, so nobody can see that one was changed."""
PUBLIC = [name for name in kind_names() if is_written(find_kind(name)) and name not in UNTOLD]
MATTERING = [name for name in PUBLIC if SOAK or find_kind(name).tier == 1]


def left_out(name: str) -> set[str]:
    """The chapters that the life of a kind cannot have."""
    kind = find_kind(name)
    assert kind.api is not None
    missing = set() if samples.fixed(kind) else {REPLACEMENT}
    if kind.api.update is None:
        return missing | {DRIFT, UPDATE}
    return missing | ({DRIFT} if name in UNSEEN else set())


@pytest.mark.parametrize("name", MATTERING)
def test_an_object_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    tell(desk, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(PUBLIC) - set(MATTERING)))
def test_an_object_of_a_rarer_kind_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    tell(desk, name)


def tell(desk: Desk, name: str) -> None:
    missing = set(live_through(desk, name))
    assert missing == left_out(name) or (find_kind(name).tier == 3 and missing > left_out(name))
