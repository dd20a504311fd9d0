"""SLOs: status, budget, burn rate, and the monitors that watch them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ddconf.alerting.data import Data, ReferencedMonitor
from ddconf.alerting.metrics.samples import MetricType
from ddconf.alerting.objective import Objective
from ddconf.alerting.slo import Target, consumed, time_left
from ddconf.alerting.slo_source import Correction
from ddconf.alerting.status import Status
from tests.alerting.desk import MINUTE, START, Desk, series

COUNT = MetricType.COUNT
THRESHOLDS = [{"timeframe": "30d", "target": 99.9}]
HITS: dict[str, Any] = {
    "type": "metric",
    "query": {"numerator": "sum:hits{!code:5xx}.as_count()", "denominator": "sum:hits{*}.as_count()"},
    "thresholds": THRESHOLDS,
}
FORMULAS: dict[str, Any] = {
    "type": "metric",
    "sli_specification": {
        "count": {
            "good_events_formula": {"formula": "good"},
            "bad_events_formula": {"formula": "bad"},
            "queries": [
                {"name": "good", "data_source": "metrics", "query": "sum:hits{!code:5xx}.as_count()"},
                {"name": "bad", "data_source": "metrics", "query": "sum:hits{code:5xx}.as_count()"},
            ],
        }
    },
    "thresholds": THRESHOLDS,
}
SLICES: dict[str, Any] = {
    "type": "time_slice",
    "sli_specification": {
        "time_slice": {
            "query": {
                "formulas": [{"formula": "latency"}],
                "queries": [
                    {"name": "latency", "data_source": "metrics", "query": "avg:latency{*} by {host}"}
                ],
            },
            "comparator": "<",
            "threshold": 5,
        }
    },
    "thresholds": [{"timeframe": "7d", "target": 99}],
}


@given(st.floats(1, 99.9), st.floats(0, 100))
def test_consumed_and_remaining_make_the_whole_budget(target: float, sli: float) -> None:
    both = Target(target).budget_consumed(sli) + Target(target).error_budget_remaining(sli)
    assert both == pytest.approx(100)


@given(st.floats(0.1, 100), st.floats(1, 48), st.sampled_from([7, 30, 90]))
def test_a_budget_lasts_as_long_as_its_burn_rate_needs_to_consume_it(
    rate: float, hours: float, days: int
) -> None:
    assert consumed(rate, time_left(rate, 24 * days), 24 * days) == pytest.approx(100)
    assert consumed(rate, hours, 24 * days) == pytest.approx(rate * consumed(1, hours, 24 * days))


@pytest.mark.parametrize("document", [HITS, FORMULAS], ids=["query", "formulas"])
def test_a_metric_slo_counts_good_events(document: dict[str, Any]) -> None:
    data = Data(
        [series("hits", "99x59", "code:2xx", type=COUNT), series("hits", "1x59", "code:5xx", type=COUNT)]
    )
    run = (START, START + 60 * MINUTE)
    tally = Objective.read(document).tallies(data, run)[()]
    assert tally.sli(*run) == pytest.approx(99)
    half = [Correction(START, START + 30 * MINUTE)]
    assert Objective.read(document).tallies(data, run, half)[()].between(*run) == (2970, 3000)


def test_a_time_slice_is_good_where_all_groups_are() -> None:
    data = Data([series("latency", "9x4 1x54", "host:a"), series("latency", "1x29 9x4", "host:b")])
    run = (START, START + 60 * MINUTE)
    tallies = Objective.read(SLICES).tallies(data, run)
    assert tallies[(("host", "a"),)].sli(*run) == pytest.approx(100 * 11 / 12)
    assert tallies[()].sli(*run) == pytest.approx(100 * 10 / 12)
    corrected = Objective.read(SLICES).tallies(data, run, [Correction(START, START + 30 * MINUTE)])
    assert corrected[()].sli(*run) == pytest.approx(100 * 11 / 12)


@pytest.mark.parametrize(("tells", "percent"), [(False, 75), (True, 50)])
def test_a_monitor_slo_is_down_while_a_monitor_alerts(tells: bool, percent: float) -> None:
    history = [
        (START, Status.WARN),
        (START + 900, Status.ALERT),
        (START + 1800, Status.NO_DATA),
        (START + 2700, Status.OK),
    ]
    document = {"type": "monitor", "monitor_ids": [7], "thresholds": THRESHOLDS}
    run = (START, START + 3600)
    tally = Objective.read(document).tallies(Data(parts={"7": ReferencedMonitor({(): history}, tells)}), run)[
        ()
    ]
    assert tally.sli(*run) == percent


def test_a_burn_rate_needs_both_windows() -> None:
    query = 'burn_rate("slo").over("30d").long_window("1h").short_window("5m") > 14.4'
    bad = series("hits", "0x59 20x59 0x59", "code:5xx", type=COUNT)
    desk = Desk(
        query,
        [series("hits", "1000x179", "code:2xx", type=COUNT), bad],
        type="slo alert",
        options={"thresholds": {"critical": 14.4, "warning": 7.2}},
    )
    assert desk.story(180, slos={"slo": HITS}) == [
        (82, "*", "Warn"),
        (104, "*", "Alert"),
        (122, "*", "Warn"),
        (124, "*", "OK"),
    ]


def test_an_error_budget_alert_compares_what_is_consumed() -> None:
    desk = Desk(
        'error_budget("slo").over("30d") > 75',
        [
            series("hits", "10000x59", "code:2xx", type=COUNT),
            series("hits", "0x29 300 0x28", "code:5xx", type=COUNT),
        ],
        type="slo alert",
    )
    assert desk.story(60, slos={"slo": HITS}) == [(31, "*", "Alert"), (40, "*", "OK")]
