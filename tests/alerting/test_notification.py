"""A line of the timeline as it is sent: variables by type of monitor, escalation, metadata."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ddconf.alerting.data import ReferencedMonitor
from ddconf.alerting.metrics.samples import MetricType
from ddconf.alerting.notification import notification_of
from ddconf.alerting.status import Status
from tests.alerting.desk import START, Desk, log, series

CPU = "avg(last_1m):avg:m{*} by {host} > 80"


def texts(desk: Desk, minutes: float, **more: object) -> list[str]:
    timeline = desk.run(minutes, **more)
    return [notification_of(timeline, entry).text for entry in timeline.notified]


def test_a_renotification_has_the_escalation_message_too() -> None:
    options = {"renotify_interval": 10, "renotify_occurrences": 1, "escalation_message": "still! @oncall"}
    desk = Desk(CPU, [series("m", "90x20", "host:a")], message="hot", options=options)
    assert texts(desk, 20) == ["hot", "hot\nstill! @oncall"]


def test_times_of_an_alert_are_those_of_its_first_and_last_step() -> None:
    message = "{{first_triggered_at_epoch}} {{last_triggered_at}} {{triggered_duration_sec}}"
    options = {"thresholds": {"warning": 60}}
    desk = Desk(CPU, [series("m", "70x1 90x1 10x9", "host:a")], message=message, options=options)
    first, last = (datetime.fromtimestamp(START + 60 * minute, UTC) for minute in (1, 3))
    epoch = int(first.timestamp() * 1000)
    assert texts(desk, 6) == [
        f"{epoch} {first:%a %b %d %Y %H:%M:%S} UTC 0",
        f"{epoch} {last:%a %b %d %Y %H:%M:%S} UTC 120",
        f"{epoch} {last:%a %b %d %Y %H:%M:%S} UTC 240",
    ]


def test_what_only_datadog_knows_of_a_host_is_given() -> None:
    timeline = Desk(CPU, [series("m", "90", "host:a")], message="{{host.name}} {{host.ip}}").run(1)
    (entry,) = timeline.notified
    assert notification_of(timeline, entry, {"host": {"ip": "10.0.0.1"}}).text == "a 10.0.0.1"
    assert notification_of(timeline, entry).text == "a"


def test_a_log_monitor_quotes_a_log_of_the_group() -> None:
    desk = Desk(
        'logs("*").index("*").rollup("count").by("@user").last("5m") >= 1',
        logs=[log(0.5, "hello", user="eve", took=3)],
        type="log alert",
        message="{{[@user].name}}: {{log.message}} {{log.attributes.took}} {{log.source}}",
    )
    assert texts(desk, 2) == ["eve: hello 3 test"]


def test_a_composite_names_its_parts_by_letters() -> None:
    history = [(START, Status.OK), (START + 60, Status.ALERT)]
    parts = {"1": ReferencedMonitor({(): history}), "2": ReferencedMonitor({(): [(START, Status.WARN)]})}
    desk = Desk("1 && 2", type="composite", message="{{a.status}} and {{b.status}}")
    assert texts(desk, 3, parts=parts) == ["Alert and Warn"]


def test_a_burn_rate_alert_tells_both_windows() -> None:
    slo = {
        "type": "metric",
        "query": {"numerator": "sum:good{*}.as_count()", "denominator": "sum:all{*}.as_count()"},
        "thresholds": [{"timeframe": "7d", "target": 99}],
    }
    desk = Desk(
        'burn_rate("slo").over("7d").long_window("1h").short_window("5m") > 10',
        [series("good", "80x9", type=MetricType.COUNT), series("all", "100x9", type=MetricType.COUNT)],
        type="slo alert",
        message="{{short_window_burn_rate}} {{long_window_burn_rate}} {{timeframe}}",
    )
    (text,) = texts(desk, 5, slos={"slo": slo})
    short, long, timeframe = text.split()
    assert float(short) == pytest.approx(20)
    assert float(long) == pytest.approx(20)
    assert timeframe == "7d"
