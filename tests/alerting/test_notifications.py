"""What is told: renotifications, downtimes, drafts, custom schedules."""

from __future__ import annotations

from typing import Any

import pytest

from ddconf.alerting.downtimes import Downtime, is_in_scope
from ddconf.alerting.timeline import Conditions
from tests.alerting.desk import MINUTE, START, Desk, series

QUERY = "avg(last_1m):avg:m{*} by {host} > 80"


def told(desk: Desk, minutes: float = 120) -> list[tuple[float, str]]:
    entries = desk.run(minutes).notified
    return [((entry.change.at - START) / MINUTE, str(entry.change.transition)) for entry in entries]


@pytest.mark.parametrize(
    ("options", "minutes"),
    [
        ({}, []),
        ({"renotify_interval": 30}, [31, 61]),
        ({"renotify_interval": 30, "renotify_occurrences": 1}, [31]),
        ({"renotify_interval": 30, "renotify_statuses": ["warn"]}, []),
    ],
)
def test_an_alert_is_told_again(options: dict[str, Any], minutes: list[float]) -> None:
    desk = Desk(QUERY, [series("m", "90x79 10x40", "host:a")], options=options)
    again = [(minute, "renotify Alert") for minute in minutes]
    assert told(desk) == [(1, "OK to Alert"), *again, (81, "Alert to OK")]


def test_a_change_of_status_starts_the_count_anew() -> None:
    options = {"renotify_interval": 30, "renotify_occurrences": 1, "thresholds": {"warning": 60}}
    desk = Desk(QUERY, [series("m", "90x39 70x19 90x59", "host:a")], options=options)
    assert [at for at, what in told(desk) if what == "renotify Alert"] == [31, 91]


def test_a_warning_is_told_again_only_if_asked_for() -> None:
    options: dict[str, Any] = {"renotify_interval": 30, "thresholds": {"warning": 60}}
    warned = [series("m", "70x119", "host:a")]
    assert told(Desk(QUERY, warned, options=options)) == [(1, "OK to Warn")]
    options["renotify_statuses"] = ["alert", "warn"]
    assert len(told(Desk(QUERY, warned, options=options))) == 4


def test_a_draft_tells_nobody() -> None:
    timeline = Desk(QUERY, [series("m", "90x79", "host:a")], draft=True).run(60)
    assert len(timeline.entries) == 1
    assert timeline.notified == ()


def test_a_downtime_silences_its_scope_and_its_end_tells() -> None:
    downtime = Downtime("host:a", START + 10 * MINUTE, START + 40 * MINUTE)
    gauges = [series("m", "50x14 90x40", "host:a"), series("m", "50x14 90x40", "host:b")]
    desk = Desk(QUERY, gauges, conditions=Conditions((downtime,)))
    assert told(desk, 50) == [(16, "OK to Alert"), (40, "OK to Alert")]


def test_a_renotification_within_a_downtime_is_silent() -> None:
    downtime = Downtime("*", START + 10 * MINUTE, START + 50 * MINUTE, cancelled=START + 50 * MINUTE)
    desk = Desk(
        QUERY,
        [series("m", "90x100", "host:a")],
        options={"renotify_interval": 30},
        conditions=Conditions((downtime,)),
    )
    assert [at for at, _ in told(desk)] == [1, 50, 80, 110]


@pytest.mark.parametrize(
    ("scope", "tags", "muted"),
    [
        ("*", ["host:a"], True),
        ("env:(prod OR staging) AND service:web", ["env:staging", "service:web"], True),
        ("env:(prod OR staging) AND service:web", ["env:dev", "service:web"], False),
        ("service:web AND NOT team:x", ["service:web", "team:x"], False),
        ("service:web -team:x", ["service:web", "team:y"], True),
        ("env:prod,host:a", ["env:prod", "host:a"], True),
        ("host:web-*", ["service:checkout"], False),
    ],
)
def test_a_scope_is_a_search_on_the_tags_of_a_group(scope: str, tags: list[str], muted: bool) -> None:
    assert is_in_scope(scope, tags) is muted


def test_with_a_custom_schedule_each_evaluation_stands_alone() -> None:
    schedule = {"recurrences": [{"rrule": "FREQ=DAILY;INTERVAL=1", "start": "2026-01-01T06:00:00"}]}
    desk = Desk(
        "avg(last_1h):avg:m{*} > 80",
        [series("m", "90x4320")],
        options={
            "scheduling_options": {"custom_schedule": schedule},
            "on_missing_data": "show_and_notify_no_data",
        },
    )
    assert [at / 60 for at, _ in told(desk, 3 * 24 * 60)] == [6, 30, 54]
