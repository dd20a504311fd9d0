"""Logs sent in are found again: by query, by page, in groups, by the first version of the search too."""

from __future__ import annotations

import gzip
import json

import pytest

from ddconf.emulator.wire import Request
from tests.emulator.conftest import KEYS, Api

SENT = [
    {"message": "GET /health ok", "ddsource": "nginx", "ddtags": "env:a,team:b", "hostname": "h1", "ms": 5},
    {"message": "GET /login failed", "ddtags": "env:b", "hostname": "h2", "status": "error", "ms": 7},
    {"message": "other", "hostname": "h1", "service": "web", "http": {"code": 500}},
]
HOUR = {"from": "now-1h", "to": "now"}


@pytest.fixture
def filled(api: Api) -> Api:
    assert api.send("POST", "/api/v2/logs", SENT).status == 202
    return api


def messages(api: Api, query: str) -> list[str]:
    body = {"filter": {"query": query, **HOUR}}
    return [log["attributes"]["message"] for log in api.post("/api/v2/logs/events/search", body)["data"]]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("*", 3),
        ("", 3),
        ("login", 1),
        ('"GET /health ok"', 1),
        ("GET -login", 1),
        ("GET NOT login", 1),
        ("login OR other", 2),
        ("(login OR other) host:h1", 1),
        ("login AND status:error", 1),
        ("env:a", 1),
        ("source:ng*", 1),
        ("host:H*", 3),
        ("@ms:>5", 1),
        ("@ms:[5 TO 7]", 2),
        ("@http.code:500", 1),
        ("@none:1", 0),
    ],
)
def test_a_query_finds_what_it_describes(filled: Api, query: str, found: int) -> None:
    assert len(messages(filled, query)) == found


def test_a_wrong_query_time_or_limit_is_refused(filled: Api) -> None:
    for wrong in (
        {"filter": {"query": "(a"}},
        {"filter": {"query": "a)"}},
        {"filter": {"query": "a OR"}},
        {"filter": {"from": "yesterday"}},
        {"page": {"limit": 0}},
        {"page": {"limit": 5000}},
        {"page": {"cursor": "?"}},
        {"sort": "name"},
    ):
        assert filled.refused("POST", "/api/v2/logs/events/search", wrong)[0] == 400, wrong


def test_pages_follow_the_cursor(filled: Api) -> None:
    seen, cursor = [], ""
    for _ in range(2):
        page = filled.get(f"/api/v2/logs/events?sort=timestamp&page%5Blimit%5D=2&page%5Bcursor%5D={cursor}")
        seen += [log["attributes"]["message"] for log in page["data"]]
        cursor = page["meta"].get("page", {}).get("after", "")
    assert seen == [log["message"] for log in SENT]
    assert not cursor
    assert page["meta"]["status"] == "done"


def test_old_logs_are_outside_the_time(filled: Api) -> None:
    body = {"filter": {"from": "2020-01-01T00:00:00Z", "to": "2020-01-02T00:00:00Z"}}
    assert filled.post("/api/v2/logs/events/search", body)["data"] == []


def test_groups_are_counted_and_measured(filled: Api) -> None:
    body = {
        "filter": {"query": "*", **HOUR},
        "compute": [
            {"aggregation": "count"},
            {"aggregation": "max", "metric": "@ms"},
            {"aggregation": "cardinality", "metric": "status"},
            {"aggregation": "pc90", "metric": "@ms"},
            {"aggregation": "count", "type": "timeseries", "interval": "5m"},
        ],
        "group_by": [{"facet": "host"}],
    }
    buckets = filled.post("/api/v2/logs/analytics/aggregate", body)["data"]["buckets"]
    first = next(bucket for bucket in buckets if bucket["by"] == {"host": "h1"})["computes"]
    assert [first[f"c{place}"] for place in range(4)] == [2, 5.0, 1, 5.0]
    assert sum(point["value"] for point in first["c4"]) == 2
    assert filled.refused("POST", "/api/v2/logs/analytics/aggregate", {"compute": [{"aggregation": "x"}]})


def test_the_first_version_of_the_search(filled: Api) -> None:
    body = {"query": "*", "sort": "asc", "limit": 2, "time": {"from": "2026-01-01T00:00:00Z", "to": "now"}}
    page = filled.post("/api/v1/logs-queries/list", body)
    assert [log["content"]["message"] for log in page["logs"]] == [SENT[0]["message"], SENT[1]["message"]]
    rest = filled.post("/api/v1/logs-queries/list", body | {"startAt": page["nextLogId"]})
    assert [log["content"]["message"] for log in rest["logs"]] == ["other"]
    assert filled.refused("POST", "/api/v1/logs-queries/list", {"query": "*"})[0] == 400


def test_what_sends_logs_in_may_pack_them_and_has_one_key(api: Api) -> None:
    packed = gzip.compress(json.dumps(SENT).encode())
    headers = {"DD-API-KEY": "key", "content-encoding": "gzip"}
    assert api.app.handle(Request("POST", "/api/v2/logs", headers, packed)).status == 202
    text = Request("POST", "/v1/input", KEYS | {"content-type": "text/plain"}, b"just text")
    assert api.app.handle(text).status == 200
    assert len(messages(api, "*")) == 4
    assert api.app.handle(Request("POST", "/api/v2/logs", headers, b"no gzip")).status == 400


@pytest.mark.parametrize("time", [10**18, 10**30, "now-99999999999w", "2026-13-01", "soon"])
def test_a_time_that_no_clock_shows_is_refused(api: Api, time: object) -> None:
    body = {"query": "*", "time": {"from": time, "to": "now"}}
    assert api.send("POST", "/api/v1/logs-queries/list", body).status == 400
