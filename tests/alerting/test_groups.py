"""Groups: when they are new, when they are forgotten, who is told of several together."""

from __future__ import annotations

import pytest

from ddconf.alerting.rules import retention
from tests.alerting.desk import Desk, log, series

QUERY = "avg(last_5m):avg:m{*} by {topic,partition} > 80"


def test_a_new_group_is_not_looked_at_before_its_delay() -> None:
    desk = Desk("avg(last_5m):avg:m{*} by {host} > 80", [series("m", "90x20", "host:a")])
    assert desk.story(20) == [(1, "a", "Alert")]
    late = Desk(desk.query, desk.series, options={"new_group_delay": 300})
    assert late.story(20) == [(6, "a", "Alert")]


def test_a_group_that_falls_silent_while_it_is_new_is_looked_at_after_its_delay() -> None:
    query = 'logs("*").index("*").rollup("count").by("@user").last("5m") < 1'
    desk = Desk(query, logs=[log(1, user="eve")], type="log alert", options={"new_group_delay": 900})
    assert desk.story(30) == [(16, "eve", "Alert")]


@pytest.mark.parametrize(
    ("options", "type", "groups", "hours"),
    [
        ({}, "query alert", ["topic"], 24),
        ({}, "query alert", ["host"], 48),
        ({}, "service check", ["topic"], 48),
        ({"group_retention_duration": "90m"}, "log alert", ["topic"], 1.5),
        ({"group_retention_duration": "3d"}, "log alert", ["host"], 72),
    ],
)
def test_a_silent_group_is_forgotten(
    options: dict[str, str], type: str, groups: list[str], hours: float
) -> None:
    assert retention(options, type, groups) == hours * 3600


def test_a_forgotten_group_ends_without_a_word() -> None:
    options = {"group_retention_duration": "1h", "thresholds": {"critical": 1}}
    query = 'logs("*").index("*").rollup("count").by("@user").last("5m") < 1'
    timeline = Desk(query, logs=[log(1, user="eve")], type="log alert", options=options).run(120)
    assert [
        (entry.change.at % 86_400 / 60, entry.change.transition.status) for entry in timeline.entries
    ] == [(6, "Alert")]


def test_groups_of_one_topic_are_told_together() -> None:
    gauges = [
        series("m", "10x4 90x20 10x20", "topic:t1", "partition:1"),
        series("m", "10x9 90x20 10x20", "topic:t1", "partition:2"),
        series("m", "10x4 90x20 10x20", "topic:t2", "partition:1"),
    ]
    timeline = Desk(QUERY, gauges, options={"notify_by": ["topic"]}).run(50)
    assert len(timeline.entries) == 6
    assert [(entry.told_of, entry.change.transition.status) for entry in timeline.notified] == [
        ((("topic", "t1"),), "Alert"),
        ((("topic", "t2"),), "Alert"),
        ((("topic", "t2"),), "OK"),
        ((("topic", "t1"),), "OK"),
    ]
    everything = Desk(QUERY, gauges, options={"notify_by": ["*"]}).run(50)
    assert [entry.told_of for entry in everything.notified] == [(), ()]
