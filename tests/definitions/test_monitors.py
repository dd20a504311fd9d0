"""Every monitor of the shipped definitions has tests that reach all of it and pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddconf.definitions.settings import read
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.run import run_alerts
from ddconf.operations.pipeline_tests.suites import collect
from ddconf.pipelines.verdict import CaseStatus, Report

DEFINITIONS = Path(__file__).parents[2] / "definitions"


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    files = tuple(sorted(DEFINITIONS.rglob("monitors.test.yaml")))
    collection = collect(DEFINITIONS, read(DEFINITIONS), files)
    bench = AlertBench(collection.loaded)
    found = {report.suite.name: report for report in run_alerts(collection.alerts, bench)}
    assert found.keys() == {address for address in bench.documents if address.startswith("monitor.")}
    return found


def test_all_cases_pass(reports: dict[str, Report]) -> None:
    verdicts = [verdict for report in reports.values() for verdict in report.verdicts]
    assert [verdict for verdict in verdicts if verdict.status is not CaseStatus.PASSED] == []


def test_every_status_threshold_and_conditional_is_reached(reports: dict[str, Report]) -> None:
    missed = {name: report.coverage.missed for name, report in reports.items() if report.coverage}
    assert missed == dict.fromkeys(reports, ())
