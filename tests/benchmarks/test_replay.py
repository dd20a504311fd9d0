"""A regression in one of ten thousand lines is found by the command, with no more memory for more logs."""

from __future__ import annotations

import pytest

from benchmarks.replay import measured

LOGS, RARE = 20_000, 1_000


@pytest.mark.slow
def test_a_rare_regression_is_found_in_constant_memory() -> None:
    tenth, whole = measured(LOGS, RARE, jobs=2)
    assert (tenth.report["logs"], whole.report["logs"]) == (LOGS // 10, LOGS)
    assert (tenth.lost(), whole.lost()) == (2, 20)
    lost = next(finding for finding in whole.report["rule"] if finding["what"] == "lost")
    assert " 304 - " in lost["example"] and lost["line"] == RARE
    assert whole.run.megabytes < 1.2 * tenth.run.megabytes
