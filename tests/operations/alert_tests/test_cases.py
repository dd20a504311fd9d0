"""Cases of monitors and SLOs as people write them: which hold, which do not, which cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.run import run_alerts
from ddconf.operations.alert_tests.suites import untested
from ddconf.pipelines.verdict import CaseStatus
from ddconf.render import junit, verdicts
from tests.operations.alert_tests.shelf import collection, reports, wrong

CPU = """\
monitor.cpu:
  - name: up, down, silent
    series: [{metric: cpu, tags: [host:a], values: 50x9 90x9 75x9 60x9}]
    until: 1h
    expect:
      a:
        14m:
          {status: Alert, value: 82, message: a at 82 @slack-ops, title: "[Triggered on {host:a}] CPU of a"}
        32m: {status: OK, value: {about: 70, within: 2%}, message: {contains: back}, notified: true}
        45m: {status: No Data, message: silent, to: []}
    at: {"host:a": {10m: OK, 20m: {value: 90}, 1h: No Data}}
    never: [Warn]
"""


@pytest.mark.parametrize(
    "tests",
    [
        pytest.param(CPU, id="metric"),
        pytest.param(
            """\
monitor.errors:
  - logs:
      - {every: 1m, from: 30s, until: 3m, log: berlin ERROR, given: {source: shop}}
      - {at: 40s, count: 9, log: rome INFO, given: {source: shop}}
      - {at: 50s, pipelines: false, log: {status: error, shop: oslo, message: no}}
    expect:
      berlin: {2m: {status: Alert, message: "berlin: berlin ERROR @slack-shop", to: ["${var.who}"]}, 7m: OK}
      oslo: {}
""",
            id="logs go through the pipelines",
        ),
        pytest.param(
            """\
monitor.both:
  - states:
      monitor.cpu: {host:x: {0m: OK, 5m: Alert}}
      monitor.errors: {"*": {0m: OK, 7m: Alert, 9m: OK}}
    until: 20m
    expect: {"host:x": {7m: {status: Alert, message: Alert and Alert}, 9m: OK}}
  - name: from the data of the parts
    series: [{metric: cpu, tags: [host:berlin], values: 90x30}]
    logs: [{at: 10m30s, count: 2, log: berlin ERROR, given: {source: shop}}]
    until: 20m
    expect: {berlin: {11m: Alert, 16m: OK}}
""",
            id="composite",
        ),
        pytest.param(
            """\
monitor.check:
  - checks: [{check: app.up, tags: [host:a], values: OKx2 CRITICALx3 OK OKx1}]
    expect: {a: {6m: {status: Alert, message: down}, 9m: OK}}
""",
            id="service check",
        ),
        pytest.param(
            """\
monitor.odd:
  - given: {values: 0x9 0.9x4 0x3}
    until: 20m
    expect: {"*": {11m: {status: Alert, message: odd}, 16m: OK}}
""",
            id="stated values",
        ),
        pytest.param(
            """\
monitor.cpu:
  - series: [{metric: cpu, tags: [host:a], values: 90x59}]
    given: {status: {a: Alert}}
    downtimes: [{scope: "host:a", until: 20m}, {monitor: monitor.other}]
    until: 30m
    expect: {a: {20m: {status: Alert, notified: true, renotified: false}}}
""",
            id="known status and downtime",
        ),
        pytest.param(
            """\
service_level_objective.up:
  - series: [{metric: cpu, tags: [host:a], values: 50x9 90x14 50x34}]
    until: 1h
    at: {"*": {1h: {sli: {about: 75, within: 10}, state: breached}}}
""",
            id="monitor SLO",
        ),
    ],
)
def test_what_holds(tests: str, tmp_path: Path) -> None:
    assert wrong(tmp_path, tests) == []


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("        14m:\n", "        13m:\n", "a 13m: Alert / nothing"),
        ("{status: Alert, value: 82", "{status: Warn, value: 82", "a 14m: Warn / Alert"),
        ("value: 82", "value: 83", "a 14m value: 83 / 82.0"),
        ("within: 2%", "within: 0.5", "a 32m value: {'about': 70, 'within': 0.5} / 69.0"),
        ("a at 82 @slack-ops,", "a at 83,", "a 14m message: a at 83 / a at 82 @slack-ops"),
        (
            "contains: back",
            "contains: [back, gone]",
            "a 32m message: {'contains': ['back', 'gone']} / a is back @slack-ops",
        ),
        ("to: []", 'to: ["@x"]', "a 45m to: ['@x'] / []"),
        ("notified: true", "notified: false", "a 32m notified: False / True"),
        ("      a:\n", "      b: {}\n      a:\n", "group b: a group / none of that name, but host:a"),
        ("10m: OK", "10m: Warn", "host:a 10m: Warn / OK"),
        ("20m: {value: 90}", "20m: 91", "host:a 20m value: 91 / 90.0"),
        ("never: [Warn]", "never: [No Data]", "host:a 45m: never No Data / No Data"),
    ],
)
def test_what_does_not_hold_is_told_place_by_place(
    before: str, after: str, difference: str, tmp_path: Path
) -> None:
    assert before in CPU
    assert difference in wrong(tmp_path, CPU.replace(before, after))


def test_a_transition_that_no_case_lists_is_told(tmp_path: Path) -> None:
    tests = CPU.replace("        45m: {status: No Data, message: silent, to: []}\n", "")
    assert wrong(tmp_path, tests) == ["a 45m: nothing / No Data"]


def test_what_only_datadog_computes_is_named(tmp_path: Path) -> None:
    tests = "monitor.odd:\n  - {series: [{metric: m, values: 5x20}], expect: {}}\n"
    assert wrong(tmp_path, tests) == [
        "cannot be computed offline: anomalies() (state what it yields: given: {values: ...})"
    ]


@pytest.mark.parametrize(
    ("tests", "what"),
    [
        (
            """\
monitor.peak:
  - series: [{metric: m, every: 20s, values: 50x2 90x2 50x9}]
    at: {"*": {3m: OK}}
""",
            "metrics came in buckets of 20 s",
        ),
        (
            """\
monitor.quiet:
  - logs:
      - {at: 30s, log: berlin INFO, given: {source: shop}}
      - {every: 1m, until: 20m, log: rome INFO, given: {source: shop}}
    until: 20m
    at: {rome: {20m: OK}}
""",
            "a silent group of a log monitor did not count as 0",
        ),
    ],
)
def test_a_result_that_hangs_on_an_open_question_passes_with_a_note(
    tests: str, what: str, tmp_path: Path
) -> None:
    (report,) = reports(tmp_path, tests)
    assert report.verdicts[0].status is CaseStatus.PASSED
    assert report.verdicts[0].reasons == (f"this depends on Datadog: it would be otherwise if {what}",)
    assert what in "\n".join(verdicts.notes(report))


def test_coverage_tells_what_no_case_reached(tmp_path: Path) -> None:
    (report,) = reports(tmp_path, CPU)
    assert report.coverage and report.coverage.share == 1
    shorter = CPU.replace("until: 1h", "until: 20m").replace("1h: No Data", "15m: Alert")
    (report,) = reports(tmp_path, shorter)
    assert [part.name for part in report.coverage.missed] == [  # type: ignore[union-attr]
        "No Data",
        "OK",
        "critical_recovery",
        "{{#is_recovery}}",
        "{{#is_no_data}}",
    ]
    assert "status 'No Data' was never reached" in "\n".join(verdicts.coverage([report]))


@pytest.mark.parametrize("reference", ["service_level_objective.hits", "service_level_objective.hits.id"])
def test_an_slo_alert_finds_its_slo_however_it_refers_to_it(reference: str, tmp_path: Path) -> None:
    text = f"""\
service_level_objective:
  hits:
    name: Hits
    type: metric
    query: {{numerator: "sum:hits{{!code:5xx}}.as_count()", denominator: "sum:hits{{*}}.as_count()"}}
    thresholds: [{{timeframe: 30d, target: 99.9}}]
monitor:
  burns:
    name: Burns
    type: slo alert
    query: burn_rate("${{{reference}}}").over("30d").long_window("1h").short_window("5m") > 14.4
    message: burning
    options: {{thresholds: {{critical: 14.4}}}}
"""
    (tmp_path / "slo.yaml").write_text(text, encoding="utf-8")
    tests = """\
monitor.burns:
  - name: everything fails
    series:
      - {metric: hits, type: count, tags: [code:5xx], values: 10x9}
    until: 10m
    expect: {"*": {1m: Alert}}
"""
    assert wrong(tmp_path, tests) == []


def test_an_alert_on_an_slo_of_monitors_runs_these(tmp_path: Path) -> None:
    text = """\
monitor:
  burns:
    name: Burns
    type: slo alert
    query: burn_rate("${service_level_objective.up}").over("7d").long_window("1h").short_window("5m") > 10
    message: burning
    options: {thresholds: {critical: 10}}
"""
    (tmp_path / "slo.yaml").write_text(text, encoding="utf-8")
    tests = """\
monitor.burns:
  - name: the monitor alerts
    series: [{metric: cpu, tags: [host:a], values: 50x9 90x19}]
    until: 30m
    expect: {"*": {16m: Alert}}
"""
    assert wrong(tmp_path, tests) == []


def test_coverage_of_an_slo_has_its_states(tmp_path: Path) -> None:
    tests = """\
service_level_objective.up:
  - name: down for a while
    series: [{metric: cpu, tags: [host:a], values: 50x9 90x29}]
    at: {"*": {30m: {state: breached}}}
"""
    (report,) = reports(tmp_path, tests)
    assert report.coverage
    assert [part.name for part in report.coverage.reached] == ["breached"]
    assert [part.name for part in report.coverage.missed] == ["ok"]


def test_monitors_without_any_case_are_not_covered(tmp_path: Path) -> None:
    found = collection(tmp_path, CPU)
    missing = untested(found.loaded, found.alerts)
    assert "monitor.errors" in [suite.address for suite in missing]
    assert "monitor.cpu" not in [suite.address for suite in missing]
    listed = list(run_alerts(missing, AlertBench(found.loaded)))
    assert [report.coverage.share for report in listed if report.coverage] == [0] * len(missing)


def test_junit_has_a_suite_for_each_monitor(tmp_path: Path) -> None:
    text = junit.render(reports(tmp_path, CPU))
    assert '<testsuite name="monitor.cpu" tests="1" failures="0"' in text


@pytest.mark.parametrize(
    ("tests", "message"),
    [
        ("monitor.cpuu:\n  - {expect: {}}\n", "no monitor 'monitor.cpuu'"),
        ("service_level_objective.x:\n  - {at: {}}\n", "no SLO 'service_level_objective.x'"),
        ("monitor.cpu:\n  - {serie: []}\n", "unknown key 'serie'"),
        ("monitor.cpu:\n  - {until: soon}\n", "'soon' is not a length of time"),
        ("monitor.cpu:\n  - {start: soon}\n", "'soon' is not a time"),
        ("monitor.cpu:\n  - {expect: {a: {1m: Alarm}}}\n", "'Alarm' is not a status"),
        ("monitor.cpu:\n  - {expect: {a: {1m: {stat: OK}}}}\n", "unknown key 'stat'"),
        ("monitor.cpu:\n  - {series: [{metric: m, values: 5y}]}\n", "'5y' is not of the form"),
        ("monitor.cpu:\n  - {series: [{metric: m}]}\n", "values are missing"),
        ("monitor.cpu:\n  - {until: 99999999d}\n", "'99999999d' is not a length of time"),
        ("monitor.cpu:\n  - {series: [{metric: m, values: 1x999999999999}]}\n", "more than 1,000,000 values"),
        ("monitor.cpu:\n  - {series: [{metric: m, values: 1e400x3}]}\n", "'1e400' is too large"),
        ("monitor.cpu:\n  - {checks: [{check: c, values: OKx999999999999}]}\n", "more than 1,000,000 runs"),
        ("monitor.cpu:\n  - {expect: }\n", "'expect' is empty"),
        ("monitor.cpu:\n  - {series: [{values: 5}]}\n", "a series needs a 'metric'"),
        (
            "monitor.cpu:\n  - {series: [{metric: m, type: set, values: 5}]}\n",
            "'set' is not a type of metric",
        ),
        ("monitor.cpu:\n  - {logs: [{at: 1m}]}\n", "logs need a 'log'"),
        ("monitor.cpu:\n  - {logs: [{every: 0s, log: x, until: 1m}]}\n", "too many logs"),
        ("monitor.cpu:\n  - {checks: [{check: c, values: BAD}]}\n", "'BAD' is not a check's run"),
        ("monitor.cpu:\n  - {name: '${var.nobody}'}\n", "unknown variable 'var.nobody'"),
        ("monitor.cpu: 5\n", "must be a list"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(tests: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(DdconfError) as raised:
        collection(tmp_path, tests)
    assert message in str(raised.value)
    assert raised.value.diagnostics[0].source
