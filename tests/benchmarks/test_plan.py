"""A plan sends the requests it cannot do without and no others; how long they take is for `make bench`."""

from __future__ import annotations

import pytest

from benchmarks.plan import Workspace, bare, counts, stub

DASHBOARDS, MONITORS, PIPELINES = 5, 4, 3


@pytest.mark.slow
def test_a_plan_sends_the_least_number_of_requests(tmp_path):
    with stub(DASHBOARDS, MONITORS, PIPELINES) as port:
        work = Workspace(tmp_path, port)
        least = bare(port, MONITORS)
        counts(port)
        work.plan("nothing")
        first, _ = counts(port)
        work.plan("all")
        second, _ = counts(port)
    assert first == least
    assert second == least - DASHBOARDS
