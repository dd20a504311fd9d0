"""What a changed monitor does otherwise on the data of its test cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ddconf.operations.alert_tests.behaviour import effect
from ddconf.operations.alert_tests.bench import AlertBench
from tests.operations.alert_tests.shelf import collection

TESTS = """\
monitor.cpu:
  - name: two peaks
    series: [{metric: cpu, tags: [host:a], values: 50x9 90x9 50x9 82x9 50x9}]
    until: 1h
    expect: {}
  - {name: skipped, skip: later}
  - {name: stated, given: {values: 90x9}, expect: {}}
"""


@pytest.mark.parametrize(
    ("change", "lines"),
    [
        ({}, []),
        (
            {"query": "avg(last_5m):avg:cpu{*} by {host} > 85"},
            ["alerts once instead of 2 (first 15m into 'two peaks')"],
        ),
        (
            {"query": "avg(last_5m):avg:cpu{*} by {host} > 95"},
            ["alerts 0 times instead of 2"],
        ),
        (
            {"query": "avg(last_10m):avg:cpu{*} by {host} > 80", "options": {"new_group_delay": 0}},
            [
                "first alerts 18m instead of 14m into 'two peaks'",
                "tells of missing data 0 times instead of 1",
            ],
        ),
        (
            {"query": "max(last_5m):avg:cpu{*} by {host} > 80"},
            ["first alerts 11m instead of 14m into 'two peaks'"],
        ),
        (
            {"message": "{{#is_alert}}{{host.name}} is hot @slack-ops{{/is_alert}}"},
            ["another text in 5 of 5 notifications", "other recipients of 2 of 5 notifications"],
        ),
        ({"query": "this is not a query"}, []),
    ],
)
def test_a_change_in_words(change: dict[str, Any], lines: list[str], tmp_path: Path) -> None:
    found = collection(tmp_path, TESTS)
    bench = AlertBench(found.loaded)
    before = bench.documents["monitor.cpu"]
    found_effect = effect(bench, found.alerts[0].cases, [], before, {**before, **change})
    assert list(found_effect.lines) == lines
