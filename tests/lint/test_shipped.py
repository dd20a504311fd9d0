"""The definitions that come with ddconf are clean, and each waiver of theirs is needed."""

from __future__ import annotations

from pathlib import Path

from ddconf.operations.lint import lint
from tests.lint.folder import loaded

SHIPPED = Path(__file__).parents[2] / "definitions"


def test_the_shipped_definitions_are_clean() -> None:
    review = lint(*loaded(SHIPPED))
    assert [str(item) for item in review.found] == []
    assert {item.rule for item in review.waived} == {"personal-data", "unused-facet"}
