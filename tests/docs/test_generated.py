"""The generated pages are what the code says today."""

from __future__ import annotations

import json

import pytest

from ddconf.kind import find_kind, kind_names
from docs import generate


@pytest.mark.parametrize("file", generate.pages(), ids=lambda file: file.name)
def test_a_generated_page_is_up_to_date(file):
    assert file.read_text(encoding="utf-8") == generate.pages()[file], "run `make docs`"


def test_of_every_kind_with_calls_it_is_told_how_it_is_known():
    told = json.loads((generate.DOCS / "how_known.json").read_text(encoding="utf-8"))
    assert list(told) == [name for name in kind_names() if find_kind(name).api is not None]
