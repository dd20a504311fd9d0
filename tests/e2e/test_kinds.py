"""The life of an object of every kind: create, repair, change, replace, adopt, export, delete."""

from __future__ import annotations

import pytest

from ddconf.kind import Kind, find_kind, kind_names
from tests.e2e.conftest import SOAK, Desk
from tests.e2e.life import live_through
from tests.kinds import samples

UNTOLD = {
    "rum_permanent_retention_filter": "the emulator has none, and nobody can make one",
}
"""Kind -> why its life cannot be told here."""


def is_written(kind: Kind) -> bool:
    """Whether there is a life to tell: what Datadog gives is only referred to."""
    return kind.api is not None and not kind.manual and not kind.api.given


PUBLIC = [name for name in kind_names() if is_written(find_kind(name)) and name not in UNTOLD]
UNCHANGED = (
    "integration_ms_teams_workflows_webhook_handle",  # but for its key nothing but a secret
    "integration_pagerduty_service_object",  # the same
)
"""Kinds that matter, of which no field is changed here, though they have an update; orders beside them."""
MATTERING = [name for name in PUBLIC if SOAK or find_kind(name).tier == 1]


@pytest.mark.parametrize("name", MATTERING)
def test_an_object_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    live_through(desk, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(PUBLIC) - set(MATTERING)))
def test_an_object_of_a_rarer_kind_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    live_through(desk, name)


@pytest.mark.parametrize("name", [name for name in PUBLIC if find_kind(name).tier < 3])
def test_a_kind_that_matters_has_a_change_in_its_story(name: str) -> None:
    kind = find_kind(name)
    assert kind.api is not None
    wanted = samples.sample(name)
    can = kind.api.update is not None and not name.endswith("_order") and name not in UNCHANGED
    assert (samples.changed(name, wanted) is not None and kind.api.update is not None) == can
