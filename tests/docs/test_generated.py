"""The generated pages are what the code says today."""

from __future__ import annotations

import pytest

from docs import generate


@pytest.mark.parametrize("file", generate.pages(), ids=lambda file: file.name)
def test_a_generated_page_is_up_to_date(file):
    assert file.read_text(encoding="utf-8") == generate.pages()[file], "run `make docs`"
