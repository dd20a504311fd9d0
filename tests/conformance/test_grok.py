"""Every grok vector of the corpus that is not disputed passes."""

from __future__ import annotations

from pathlib import Path

from tests.conformance import grok


def test_all_grok_vectors_pass(corpus: Path) -> None:
    results = grok.run(corpus)
    assert {result["set"] for result in results} == {"grok", "grok_errors", "grok_syntax", "filters"}
    assert [failure for result in results for failure in result["failures"]] == []
    assert all(result["passed"] == result["total"] > 0 for result in results)
