"""Paths filled from documents and ids."""

from __future__ import annotations

import pytest

from ddconf.datadog.objects.calls import path_of
from ddconf.errors import DdconfError
from ddconf.kind import Call

CALL = Call("DELETE", "/api/v2/team/{team_id}/memberships/{id}")


def test_a_path_is_filled_from_the_document_and_the_id() -> None:
    assert path_of(CALL, "u/1 ?", {"team_id": "t"}) == "/api/v2/team/t/memberships/u%2F1%20%3F"


@pytest.mark.parametrize("dots", [".", ".."])
def test_dots_do_not_lead_to_another_path(dots: str) -> None:
    with pytest.raises(DdconfError):
        path_of(CALL, dots, {"team_id": "t"})
    with pytest.raises(DdconfError):
        path_of(CALL, "u", {"team_id": dots})
