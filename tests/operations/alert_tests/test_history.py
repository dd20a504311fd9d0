"""When monitors would have alerted, from files of logs and series."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ddconf.alerting.groups import group_text
from ddconf.errors import DdconfError
from ddconf.operations.alert_tests.bench import AlertBench
from ddconf.operations.alert_tests.history import chosen_monitors, histories, span_of
from ddconf.operations.alert_tests.log_lines import timed_events
from ddconf.operations.alert_tests.series_files import read_series
from ddconf.render import alerts
from ddconf.render.alerts_page import render_page
from tests.operations.alert_tests.shelf import collection

POINTS = [[1767225600 + 60 * minute, 90 if minute < 10 else 50] for minute in range(20)]
V1 = {"metric": "cpu", "points": POINTS, "host": "a", "tags": ["env:x"], "type": "gauge"}
V2 = {
    "metric": "cpu",
    "points": [{"timestamp": time, "value": value} for time, value in POINTS],
    "resources": [{"type": "host", "name": "a"}],
    "type": 3,
}
ANSWER = {
    "metric": "cpu",
    "pointlist": [[time * 1000, value] for time, value in POINTS] + [[1767225600000, None]],
    "tag_set": ["host:a"],
}


@pytest.fixture
def bench(tmp_path: Path) -> AlertBench:
    return AlertBench(collection(tmp_path, "{}").loaded)


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"series": [V1]}),
        json.dumps([V2]),
        json.dumps(ANSWER),
        f"{json.dumps(V1)}\n\n{json.dumps({'series': [{**V1, 'host': 'b', 'points': []}]})}\n",
    ],
)
def test_series_in_every_form(text: str, bench: AlertBench) -> None:
    series = read_series(text, "x.json")
    (found,) = histories(bench, ["monitor.cpu"], series, [])
    sent = [
        (group_text(entry.change.group), notification.text) for entry, notification in found.notifications
    ]
    assert sent == [("host:a", "a at 90 @slack-ops"), ("host:a", "a is back @slack-ops")]


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", '{"metric": "m"}', '{"points": [[1, 2]]}'])
def test_a_file_that_holds_no_series_is_refused(text: str) -> None:
    with pytest.raises(DdconfError, match=r"x\.json holds no series of metrics"):
        read_series(text or "{", "x.json")


def test_logs_count_at_the_time_that_is_found_in_them(bench: AlertBench) -> None:
    lines = [
        json.dumps({"message": "berlin ERROR", "timestamp": "2026-01-01T00:00:30Z", "ddsource": "shop"}),
        json.dumps({"message": "berlin ERROR", "timestamp": "2026-01-01T00:03:30Z", "ddsource": "shop"}),
        "",
        "berlin ERROR",
    ]
    events, undated = timed_events(bench, lines, {})
    assert (len(events), undated) == (2, 1)
    assert span_of([], events) == (1767225600, 1767225840)
    (found,) = histories(bench, ["monitor.errors"], [], events)
    history = alerts.AlertHistory("monitor.errors", "Errors", found.notifications)
    assert list(alerts.lines(history)) == [
        "monitor.errors  Errors",
        "  2026-01-01 00:04  Alert   berlin  2  to @slack-shop",
        "    berlin: berlin ERROR @slack-shop",
        "",
    ]
    (notification,) = json.loads(alerts.render_json([history], (0, 60)))["monitors"][0]["notifications"]
    assert notification["group"] == {"@shop": "berlin"}
    assert notification["at"] == "2026-01-01T00:04:00Z"


def test_too_little_is_nothing_before_a_whole_window_was_seen(bench: AlertBench) -> None:
    lines = [
        json.dumps(
            {"message": "rome INFO", "timestamp": f"2026-01-01T00:{minute:02}:30Z", "ddsource": "shop"}
        )
        for minute in (1, 20)
    ]
    events, _ = timed_events(bench, lines, {})
    (found,) = histories(bench, ["monitor.quiet"], [], events)
    times = [entry.change.at - span_of([], events)[0] for entry, _ in found.notifications]
    assert times == [6 * 60, 20 * 60]


def test_of_several_monitors_those_without_any_data_stay_silent(bench: AlertBench) -> None:
    line = json.dumps({"message": "no shop", "timestamp": "2026-01-01T00:01:30Z"})
    events, _ = timed_events(bench, [line, line.replace("00:01", "00:30")], {})
    quiet = bench.documents["monitor.quiet"]
    quiet["query"] = 'logs("source:nobody").index("*").rollup("count").last("5m") < 1'
    alone = list(histories(bench, ["monitor.quiet"], [], events))
    assert [len(found.notifications) for found in alone] == [1]
    several = list(histories(bench, ["monitor.quiet", "monitor.errors"], [], events))
    assert [len(found.notifications) for found in several] == [0, 0]


def test_what_cannot_be_computed_is_said(bench: AlertBench) -> None:
    (found,) = histories(bench, chosen_monitors(bench, "odd"), read_series(json.dumps(V1), ""), [])
    history = alerts.AlertHistory(found.address, "", found.notifications, found.why_not)
    assert list(alerts.uncomputed([history])) == ["monitor.odd: cannot be computed offline: anomalies()"]
    assert alerts.summary([history], (0, 60)).startswith("0 of 1 monitors")


def test_a_monitor_that_is_not_defined_is_refused(bench: AlertBench) -> None:
    assert chosen_monitors(bench, None)[0] == "monitor.cpu"
    assert chosen_monitors(bench, "monitor.cpu") == chosen_monitors(bench, "cpu")
    with pytest.raises(DdconfError, match=r"no monitor cpuu \(did you mean 'monitor.cpu'"):
        chosen_monitors(bench, "cpuu")


def test_nothing_to_look_at_is_said(bench: AlertBench) -> None:
    with pytest.raises(DdconfError, match="no log and no sample with a time"):
        span_of([], [])


def test_a_page_shows_the_statuses_over_time_and_escapes_what_comes_from_outside(bench: AlertBench) -> None:
    series = read_series(json.dumps({**V1, "host": "<b>"}), "")
    (found,) = histories(bench, ["monitor.cpu"], series, [])
    history = alerts.AlertHistory(found.address, "CPU", found.notifications, "", found.recording)
    page = render_page([history], span_of(series, []))
    assert page.count("<rect ") == 2
    assert page.count('<polyline points="') == 1
    assert "critical recovery 70</li>" in page
    assert '<rect x="53" width="632" height="14" fill="#e05243">' in page
    assert "2026-01-01 00:01 Alert: &lt;b&gt; at 90" in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("points", "told"),
    [
        ("[[1767225600, 1], [253402300799, 1]]", "days"),
        ("[[1767225600, NaN]]", "finite"),
        ("[[Infinity, 1]]", "finite"),
    ],
)
def test_points_that_no_monitor_could_look_at_are_refused(points: str, told: str) -> None:
    with pytest.raises(DdconfError, match=told):
        read_series(f'{{"metric": "m", "points": {points}}}', "a.json")
