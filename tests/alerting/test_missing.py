"""Silence: every option with every kind of query."""

from __future__ import annotations

from typing import Any

import pytest

from tests.alerting.desk import Desk, series

GAUGE = "avg(last_5m):avg:m{*} by {host} > 80"
COUNT = "sum(last_5m):sum:m{*} by {host}.as_count() > 80"
BELOW = "sum(last_5m):sum:m{*} by {host}.as_count() < 80"
ZEROED = "sum(last_5m):default_zero(sum:m{*} by {host}.as_count()) > 80"
RATIO = "sum(last_5m):sum:m{*} by {host}.as_count() / sum:m{*} by {host}.as_count() > 0.5"


@pytest.mark.parametrize(
    ("query", "options", "end"),
    [
        (GAUGE, {}, "Alert"),
        (GAUGE, {"on_missing_data": "default"}, "Alert"),
        (GAUGE, {"on_missing_data": "resolve"}, "OK"),
        (GAUGE, {"on_missing_data": "show_no_data"}, "No Data"),
        (GAUGE, {"on_missing_data": "show_and_notify_no_data"}, "No Data"),
        (GAUGE, {"notify_no_data": True, "no_data_timeframe": 10}, "No Data"),
        (GAUGE, {"notify_no_data": True}, "No Data"),
        (GAUGE, {"timeout_h": 1}, "OK"),
        (COUNT, {}, "OK"),
        (COUNT, {"on_missing_data": "show_no_data"}, "No Data"),
        (BELOW, {}, "Alert"),
        (ZEROED, {}, "Alert"),
        (RATIO, {}, "Alert"),
    ],
)
def test_what_a_silent_group_becomes(query: str, options: dict[str, Any], end: str) -> None:
    desk = Desk(query, [series("m", "90x9", "host:a", type="count")], options=options)  # type: ignore[arg-type]
    assert desk.run(90).history[(("host", "a"),)][-1][1] == end


@pytest.mark.parametrize(
    ("option", "told"), [("show_no_data", []), ("show_and_notify_no_data", ["No Data", "OK"])]
)
def test_missing_data_and_its_end_are_told_only_if_asked_for(option: str, told: list[str]) -> None:
    desk = Desk(GAUGE, [series("m", "10x9 _x30 10x9", "host:a")], options={"on_missing_data": option})
    assert [entry.change.transition.status for entry in desk.run(50).notified] == told


def test_an_alert_that_was_told_ends_with_a_notice_also_after_silence() -> None:
    desk = Desk(GAUGE, [series("m", "90x9 _x30 10x9", "host:a")], options={"on_missing_data": "show_no_data"})
    assert [entry.change.transition.status for entry in desk.run(50).notified] == ["Alert", "OK"]


def test_a_delay_moves_no_data_by_itself() -> None:
    options = {"on_missing_data": "show_and_notify_no_data"}
    gone = [series("m", "10x9", "host:a")]
    plain = Desk(GAUGE, gone, options=options).story(60)
    delayed = Desk(GAUGE, gone, options={**options, "evaluation_delay": 600}).story(60)
    assert [at + 10 for at, *_ in plain] == [at for at, *_ in delayed]


def test_the_old_timeframe_counts_from_the_last_point() -> None:
    options = {"notify_no_data": True, "no_data_timeframe": 20}
    assert Desk(GAUGE, [series("m", "10x9", "host:a")], options=options).story(60) == [(30, "a", "No Data")]


def test_an_alert_with_a_timeout_stays_while_data_come() -> None:
    desk = Desk(GAUGE, [series("m", "90x119", "host:a")], options={"timeout_h": 1})
    assert desk.story(120) == [(1, "a", "Alert")]


def test_what_never_had_a_value_shows_no_data_and_tells_nobody() -> None:
    timeline = Desk("avg(last_5m):avg:m{*} > 1", options={"on_missing_data": "show_and_notify_no_data"}).run(
        60
    )
    assert timeline.entries == ()
