"""No set fails where it did not fail before, and the lists of known failures are up to date."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance._ratchet import (
    begin,
    known,
    measure,
    modules,
    new_failures,
    passing_now,
    sets_gone,
    shrink,
)

REPORT = {"set": "set:family", "total": 3, "passed": 1}
FAILED = ["python/a test#4 GET /api/v1/x: status 404 instead of 200", "python/b#11 PUT /api/v1/x: .name"]


@pytest.mark.slow
@pytest.mark.parametrize("module", modules())
def test_nothing_fails_that_did_not_fail_before(module: str, corpus: Path) -> None:
    reports = measure(module, corpus)
    assert reports
    assert [failure for report in reports for failure in new_failures(report)] == []
    better = [line for report in reports for line in passing_now(report)] + sets_gone(reports)
    assert better == [], "these pass now: run `make conformance-shrink` and commit tests/conformance/known"


def test_a_failure_that_is_not_listed_is_new(tmp_path: Path) -> None:
    begin([REPORT | {"failures": FAILED[:1]}], tmp_path)
    assert known("set", tmp_path) == {"set:family python/a test#4"}
    assert new_failures(REPORT | {"failures": FAILED}, tmp_path) == [f"set:family {FAILED[1]}"]


def test_what_passes_is_struck_and_nothing_is_added(tmp_path: Path) -> None:
    begin([REPORT | {"failures": FAILED}], tmp_path)
    better = REPORT | {"failures": [FAILED[0], {"name": "worse", "difference": "x"}]}
    assert passing_now(better, tmp_path) == ["set:family python/b#11"]
    shrink([better], tmp_path)
    assert known("set", tmp_path) == {"set:family python/a test#4"}
    begin([REPORT | {"failures": FAILED}], tmp_path)
    assert known("set", tmp_path) == {"set:family python/a test#4"}


def test_the_lines_of_a_set_that_is_gone_are_struck(tmp_path: Path) -> None:
    gone = REPORT | {"set": "set:gone", "failures": FAILED[:1]}
    begin([REPORT | {"failures": FAILED[:1]}, gone, gone | {"set": "other:kept"}], tmp_path)
    shrink([REPORT | {"failures": FAILED[:1]}], tmp_path)
    assert known("set", tmp_path) == {"set:family python/a test#4"}
    assert known("other", tmp_path) == {"other:kept python/a test#4"}
