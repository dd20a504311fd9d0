"""The life of an object of every kind: create, repair, change, replace, adopt, export, delete."""

from __future__ import annotations

import pytest

from ddconf.kind import Kind, find_kind, kind_names
from tests.e2e.conftest import SOAK, Desk
from tests.e2e.life import live_through

UNTOLD = {
    "rum_permanent_retention_filter": "the emulator has none, and nobody can make one",
}
"""Kind -> why its life cannot be told here."""


def is_written(kind: Kind) -> bool:
    """Whether there is a life to tell: what Datadog gives is only referred to."""
    return kind.api is not None and not kind.manual and not kind.api.given


PUBLIC = [name for name in kind_names() if is_written(find_kind(name)) and name not in UNTOLD]
MATTERING = [name for name in PUBLIC if SOAK or find_kind(name).tier == 1]


@pytest.mark.parametrize("name", MATTERING)
def test_an_object_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    live_through(desk, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(set(PUBLIC) - set(MATTERING)))
def test_an_object_of_a_rarer_kind_lives_from_create_to_delete(desk: Desk, name: str) -> None:
    live_through(desk, name)
