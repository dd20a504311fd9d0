"""Every shipped monitor is tested for what goes wrong at night: silence, flapping, recovery."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from ddconf.alerting.status import Status
from ddconf.alerting.timeline import Timeline
from ddconf.definitions.settings import read
from ddconf.operations.alert_tests.addresses import MONITOR
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.cases import AlertCase
from ddconf.operations.alert_tests.run import conditions_of, data_of_case, span_of_case
from ddconf.operations.pipeline_tests.suites import collect
from tests.conftest import ROOT

FOLDER = ROOT / "definitions"
COLLECTION = collect(FOLDER, read(FOLDER, env={}))
BENCH = AlertBench(COLLECTION.loaded)
CASES = {suite.address: suite.cases for suite in COLLECTION.alerts}
MONITORS = [address for address in BENCH.documents if address.startswith(f"{MONITOR}.")]


def timeline(case: AlertCase) -> Timeline:
    monitor = BENCH.monitor(case.address)
    run = span_of_case(case, monitor)
    data = data_of_case(BENCH, case, monitor, run)
    return BENCH.run(case.address, data, run, conditions_of(case, monitor))


def statuses(address: str) -> list[list[Status]]:
    """Of each group in each case, in order."""
    return [
        [status for _, status in found]
        for case in CASES[address]
        for found in timeline(case).history.values()
    ]


def has(order: Sequence[Status], found: Sequence[Status]) -> bool:
    """Do the statuses come in this order, with others in between or without?"""
    left = iter(found)
    return all(status in left for status in order)


def last_data(case: AlertCase) -> float:
    return max(
        case.start,
        *(series.times[-1] for series in case.series if series.times),
        *(log.time for log in case.logs),
        *(at for points in (case.given.values or {}).values() for at, value in points if value is not None),
    )


def test_all_are_tested() -> None:
    assert len(MONITORS) == 29
    assert sorted(CASES) == sorted(MONITORS)


@pytest.mark.parametrize("address", MONITORS)
def test_an_alert_ends(address: str) -> None:
    assert any(has((Status.ALERT, Status.OK), found) for found in statuses(address))


@pytest.mark.parametrize("address", MONITORS)
def test_an_alert_that_ended_comes_again(address: str) -> None:
    assert any(has((Status.ALERT, Status.OK, Status.ALERT), found) for found in statuses(address))


@pytest.mark.parametrize("address", MONITORS)
def test_a_case_goes_on_for_a_whole_window_after_the_last_data(address: str) -> None:
    window = BENCH.monitor(address).window.window.seconds
    assert any(
        case.until is not None and case.until - last_data(case) >= window and case.expected is not None
        for case in CASES[address]
    )
