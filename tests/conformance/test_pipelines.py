"""All vectors for pipelines and queries pass, where the corpus is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance import pipelines


@pytest.mark.parametrize("check", [pipelines.pipelines, pipelines.search_match, pipelines.search_parse])
def test_every_vector_passes(check: object, corpus: Path) -> None:
    assert callable(check)
    result = check(corpus)
    assert result["failures"] == []
    assert result["total"] == result["passed"] > 0
