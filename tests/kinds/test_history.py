"""Who changed an object, and when, as its fields tell it."""

import pytest

from ddconf.document import Document
from ddconf.kind.history import last_change


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({}, ""),
        ({"creator": {"email": "a@b.c"}, "created": "2026-01-01"}, ""),
        ({"modified": "2026-11-30T21:00:05.1+00:00"}, " on 2026-11-30 21:00 UTC"),
        ({"modified_at": 1700000000}, " on 2023-11-14 22:13 UTC"),
        ({"modified_at": 1700000000000}, " on 2023-11-14 22:13 UTC"),
        ({"modified_by": {"handle": "ann@b.c"}, "modified_at": "soon"}, " by ann@b.c"),
        ({"updated_by": "bob", "updated_at": "2026-11-30T23:00:00+02:00"}, " by bob on 2026-11-30 21:00 UTC"),
    ],
)
def test_the_last_change_is_told_as_far_as_it_is_known(document: Document, told: str) -> None:
    assert last_change(document) == told
