"""The data at hand on which changed monitors are run: cases of tests, and sample logs of pipelines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddconf.alerting.status import Status
from ddconf.operations.alert_tests.behaviour import effect
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.preview_runs import PreviewRuns
from ddconf.operations.alert_tests.scenarios import sample_events, sample_scenarios
from ddconf.pipelines.log import Log
from tests.operations.alert_tests.shelf import collection

ERRORS = 'logs("status:error").index("*").rollup("count").by("@shop").last("5m") >= {}'


def log(at: str, level: str = "ERROR") -> Log:
    event = {"message": f"berlin {level}", "timestamp": f"2026-01-0{at}Z", "ddsource": "shop"}
    return Log.from_text(json.dumps(event))


LOGS = [log("1T05:30:30"), log("1T05:31:30"), log("2T07:00:30"), log("1T05:32:00", "INFO"), Log("undated")]


@pytest.fixture
def bench(tmp_path: Path) -> AlertBench:
    return AlertBench(collection(tmp_path, "{}").loaded)


def test_a_change_is_told_on_sample_logs_at_the_time_of_day(bench: AlertBench) -> None:
    before = bench.documents["monitor.errors"]
    found = effect(bench, [], sample_events(bench, LOGS), before, {**before, "query": ERRORS.format(1)})
    assert found.lines == ("alerts 2 times instead of 1 (first 05:31 in the sample logs of 2026-01-01)",)
    assert [(chart.title, chart.is_sample) for chart in found.charts] == [
        ("sample logs of 2026-01-01, @shop:berlin", True),
        ("sample logs of 2026-01-02, @shop:berlin", True),
    ]
    assert Status.ALERT in [status for _, status in found.charts[1].after.statuses]


def test_a_stretch_ends_where_nothing_comes_for_long(bench: AlertBench) -> None:
    monitor = bench.monitor("monitor.errors")
    found = list(sample_scenarios([monitor], sample_events(bench, LOGS)))
    assert [scenario.name for scenario in found] == ["sample logs of 2026-01-01", "sample logs of 2026-01-02"]
    assert [scenario.run[1] - scenario.run[0] for scenario in found] == [420, 360]


def test_sample_logs_say_nothing_of_a_monitor_of_metrics(bench: AlertBench) -> None:
    assert list(sample_scenarios([bench.monitor("monitor.cpu")], sample_events(bench, LOGS))) == []


def test_the_groups_that_differ_are_charted_with_both_thresholds(tmp_path: Path) -> None:
    tests = """\
monitor.cpu:
  - name: peak
    series:
      - {metric: cpu, tags: [host:a], values: 50x9 90x9 50x9}
      - {metric: cpu, tags: [host:b], values: 50x29}
    expect: {}
"""
    found = collection(tmp_path, tests)
    run = AlertBench(found.loaded)
    before = run.documents["monitor.cpu"]
    options = {**before["options"], "thresholds": {"critical": 95}}
    after = {**before, "query": before["query"].replace("80", "95"), "options": options}
    [chart] = effect(run, found.alerts[0].cases, [], before, after).charts
    assert chart.title == "peak, host:a"
    assert [limits.critical for limits in chart.thresholds if limits] == [80, 95]
    assert max(value for _, value in chart.after.values if value is not None) == 90


def test_previews_run_what_can_be_run(tmp_path: Path) -> None:
    tests = """\
monitor.cpu:
  - {name: skipped, skip: later}
  - name: gap
    series: [{metric: cpu, tags: [host:a], values: 50x9 _x19 90x9}]
    until: 1h
    expect: {}
"""
    found = collection(tmp_path, tests)
    runs = PreviewRuns(AlertBench(found.loaded), {suite.address: suite.cases for suite in found.alerts}, LOGS)
    [run] = runs("cpu")
    assert (run.title, run.is_sample) == ("gap", False)
    values = dict(next(iter(run.recording.values.values())))
    start = run.recording.run[0]
    assert values[start + 600] == 50
    assert values[start + 1200] is None
    assert [run.title for run in runs("errors")] == ["sample logs of 2026-01-01", "sample logs of 2026-01-02"]
