"""Logs and events are found again: by the whole search language, by page, in groups, by time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.living.conftest import NOW, SECOND, Datadog

AGGREGATE = "/api/v2/logs/analytics/aggregate"
SENT = [
    {"message": "GET /a ok", "service": "web", "hostname": "h1", "ms": 5, "user": ["ann", "bob"]},
    {"message": "GET /b failed", "service": "web", "hostname": "h2", "status": "error", "ms": 7},
    {"message": "other", "service": "db", "hostname": "h1", "http": {"code": 503}, "ms": 12},
]


@pytest.fixture
def filled(datadog: Datadog) -> Datadog:
    moment = int(NOW.timestamp() * 1000)
    for place, log in enumerate(SENT):
        datadog.post("/api/v2/logs", [{**log, "timestamp": moment - (120 - place * 60) * 1000}])
    return datadog


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("*", 3),
        ("", 3),
        ("service:(web OR db)", 3),
        ("service:web -status:error", 1),
        ("@http.code:[500 TO 599]", 1),
        ("@ms:>5 service:web", 1),
        ('"GET /a ok"', 1),
        ("@user:bob", 1),
        ("-@user:*", 2),
        ("host:h1 AND NOT failed", 2),
        ("service:we?", 2),
    ],
)
def test_the_whole_language_of_searches(filled: Datadog, query: str, found: int) -> None:
    assert len(filled.logs(query)) == found


def test_wrong_searches_are_refused(filled: Datadog) -> None:
    for wrong in (
        {"filter": {"query": "(a"}},
        {"filter": {"from": "yesterday"}},
        {"page": {"limit": 0}},
        {"page": {"limit": 5000}},
        {"page": {"cursor": "?"}},
        {"page": {"cursor": "eyJhZnRlciI6ICJ4In0"}},
        {"sort": "name"},
    ):
        reply = filled.send("/api/v2/logs/events/search", json.dumps(wrong).encode())
        assert reply.status == 400 and reply.json()["errors"], wrong


@pytest.mark.parametrize("sort", ["timestamp", "-timestamp"])
def test_pages_show_every_log_once_even_of_one_millisecond(datadog: Datadog, sort: str) -> None:
    datadog.post("/api/v2/logs", [{"message": str(number)} for number in range(25)])
    seen: list[str] = []
    cursor = ""
    while True:
        page = datadog.get(f"/api/v2/logs/events?sort={sort}&page%5Blimit%5D=10&page%5Bcursor%5D={cursor}")
        if not page["data"]:
            break
        seen += [item["attributes"]["message"] for item in page["data"]]
        cursor = page["meta"]["page"]["after"]
    assert page == {"data": []}
    wanted = [str(number) for number in range(25)]
    assert seen == (wanted if sort == "timestamp" else wanted[::-1])


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("now-15m", "now", 3),
        ("now-90s", "now", 2),
        ("now-15m", "now-90s", 1),
        ("now/d", "now", 3),
        ("2026-05-04T11:58:30Z", "2026-05-04T12:00:00+00:00", 2),
        (str(int(NOW.timestamp() * 1000) - 1), str(int(NOW.timestamp() * 1000)), 1),
        ("2026-05-05", "2026-05-06", 0),
    ],
)
def test_the_time_of_a_search(filled: Datadog, start: str, end: str, found: int) -> None:
    asked = {"filter": {"from": start, "to": end}}
    assert len(filled.post("/api/v2/logs/events/search", asked)["data"]) == found


def test_a_log_as_it_is_answered(filled: Datadog) -> None:
    log = filled.post("/api/v2/logs/events/search", {"filter": {"query": "other"}})["data"][0]
    assert (log["type"], len(log["id"])) == ("log", 40)
    assert log["id"].startswith("AwAAA")
    assert log["attributes"] == {
        "timestamp": "2026-05-04T12:00:00.000Z",
        "status": "info",
        "service": "db",
        "host": "h1",
        "message": "other",
        "tags": [],
        "attributes": {
            "service": "db",
            "hostname": "h1",
            "http": {"code": 503},
            "ms": 12,
            "timestamp": SECOND * 1000,
        },
    }


def computed(filled: Datadog, **asked: Any) -> Any:
    return filled.post(AGGREGATE, asked)["data"]["buckets"]


def test_numbers_of_all_logs(filled: Datadog) -> None:
    names = ("sum", "min", "max", "avg", "median", "pc90", "cardinality")
    compute = [{"aggregation": "count"}, *({"aggregation": name, "metric": "@ms"} for name in names)]
    (bucket,) = computed(filled, compute=compute)
    assert bucket == {
        "by": {},
        "computes": {"c0": 3, "c1": 24, "c2": 5, "c3": 12, "c4": 8, "c5": 7, "c6": 7, "c7": 3},
    }
    assert computed(filled, filter={"query": "nothing"}) == []


def test_groups_within_groups(filled: Datadog) -> None:
    found = computed(
        filled,
        compute=[{"aggregation": "sum", "metric": "@ms"}],
        group_by=[{"facet": "service"}, {"facet": "host", "sort": {"type": "alphabetical", "order": "asc"}}],
    )
    assert [(item["by"], item["computes"]["c0"]) for item in found] == [
        ({"service": "db", "host": "h1"}, 12),
        ({"service": "web", "host": "h1"}, 5),
        ({"service": "web", "host": "h2"}, 7),
    ]


def test_missing_total_limit_and_bins(filled: Datadog) -> None:
    by_user = [{"facet": "@user", "missing": "nobody", "total": "all", "limit": 1}]
    found = computed(filled, group_by=by_user)
    assert [(item["by"]["@user"], item["computes"]["c0"]) for item in found] == [("nobody", 2), ("all", 3)]
    bins = [{"facet": "@ms", "histogram": {"interval": 5, "min": 0, "max": 10}}]
    assert [(item["by"]["@ms"], item["computes"]["c0"]) for item in computed(filled, group_by=bins)] == [
        (5, 2)
    ]


def test_numbers_over_time(filled: Datadog) -> None:
    (bucket,) = computed(filled, compute=[{"aggregation": "count", "type": "timeseries", "interval": "2m"}])
    assert bucket["computes"]["c0"] == [
        {"time": "2026-05-04T11:58:00.000Z", "value": 2},
        {"time": "2026-05-04T12:00:00.000Z", "value": 1},
    ]


def test_wrong_aggregations_are_refused(filled: Datadog) -> None:
    for wrong in (
        b'{"compute": [{"aggregation": "p7"}]}',
        b'{"compute": [{"aggregation": "count", "type": "timeseries", "interval": "x"}]}',
        b'{"group_by": [{}]}',
    ):
        assert filled.send(AGGREGATE, wrong).status == 400


def test_the_first_version_of_the_search(filled: Datadog) -> None:
    time = {"from": "2026-05-04T00:00:00Z", "to": "2026-05-05T00:00:00Z"}
    for sort, wanted in (("asc", SENT), ("desc", SENT[::-1])):
        asked: dict[str, Any] = {"query": "*", "sort": sort, "limit": 2, "time": time, "index": "main"}
        page = filled.post("/api/v1/logs-queries/list", asked)
        rest = filled.post("/api/v1/logs-queries/list", asked | {"startAt": page["nextLogId"]})
        shown = [log["content"]["message"] for log in page["logs"] + rest["logs"]]
        assert shown == [log["message"] for log in wanted]
        assert rest["nextLogId"] is None and page["status"] == "done"


def test_events_are_found_in_both_versions(datadog: Datadog) -> None:
    for name, tags in (("one", ["env:a"]), ("two", ["env:b"])):
        datadog.post("/api/v1/events", {"title": name, "text": "deployed", "tags": tags, "host": "h"})
    span = f"start={SECOND - 60}&end={SECOND}"
    listed = datadog.get(f"/api/v1/events?{span}")["events"]
    assert [event["title"] for event in listed] == ["two", "one"]
    assert [event["title"] for event in datadog.get(f"/api/v1/events?{span}&tags=env:a")["events"]] == ["one"]
    assert datadog.get(f"/api/v1/events/{listed[0]['id']}")["event"]["title"] == "two"
    assert datadog.send("/api/v1/events/77", b"", method="GET").status == 404
    found = datadog.post("/api/v2/events/search", {"filter": {"query": "deployed env:b"}})
    assert [item["attributes"]["attributes"]["title"] for item in found["data"]] == ["two"]
    assert found["data"][0]["attributes"]["message"] == "deployed"
    assert datadog.post("/api/v2/events/search", {"filter": {"query": "nothing"}}) == {"data": []}


def test_lists_of_metrics_and_hosts_are_of_what_was_sent(datadog: Datadog) -> None:
    point = [[SECOND, 1]]
    series = [
        {"metric": "app.load", "points": point, "host": "h1", "tags": ["env:a"]},
        {"metric": "db.load", "points": point, "host": "h2"},
    ]
    datadog.post("/api/v1/series", {"series": series})
    since = f"from={SECOND - 60}"
    assert datadog.get(f"/api/v1/metrics?{since}") == {
        "from": str(SECOND - 60),
        "metrics": ["app.load", "db.load"],
    }
    assert datadog.get(f"/api/v1/metrics?{since}&host=h2")["metrics"] == ["db.load"]
    assert datadog.get(f"/api/v1/metrics?from={SECOND + 1}")["metrics"] == []
    assert datadog.get("/api/v1/search?q=metrics:app") == {"results": {"metrics": ["app.load"]}}
    assert [item["id"] for item in datadog.get("/api/v2/metrics")["data"]] == ["app.load", "db.load"]
    assert datadog.get("/api/v2/metrics?filter%5Bconfigured%5D=true") == {"data": []}
    tags = datadog.get("/api/v2/metrics/app.load/all-tags")["data"]["attributes"]["tags"]
    assert tags == ["env:a", "host:h1"]
    assert [host["name"] for host in datadog.get("/api/v1/hosts")["host_list"]] == ["h1", "h2"]
