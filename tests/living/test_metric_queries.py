"""Metrics are read as dashboards read them: grids, groups, functions, formulas, in the recorded shapes."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.living.conftest import SECOND, Datadog

START = SECOND - 3600


@pytest.fixture
def filled(datadog: Datadog) -> Datadog:
    """Two hosts, a point a minute for an hour: 1 and 3 of a gauge, 6 of a count."""
    times = range(START, SECOND, 60)
    series = [
        {
            "metric": "app.load",
            "type": "gauge",
            "host": host,
            "tags": ["env:a", f"disk:{disk}"],
            "points": [[moment, value] for moment in times],
        }
        for host, disk, value in (("h1", "x", 1), ("h2", "y", 3))
    ]
    hits = {
        "metric": "app.hits",
        "type": "count",
        "interval": 60,
        "points": [[moment, 6] for moment in times],
    }
    datadog.post("/api/v1/series", {"series": [*series, hits]})
    return datadog


def v1(datadog: Datadog, query: str, start: int = START, end: int = SECOND) -> Any:
    return datadog.get("/api/v1/query?" + urlencode({"from": start, "to": end, "query": query}))


def test_the_first_version_in_its_recorded_shape(filled: Datadog) -> None:
    said = v1(filled, "avg:app.load{*}.rollup(avg, 60)")
    (series,) = said.pop("series")
    assert said == {
        "status": "ok",
        "res_type": "time_series",
        "resp_version": 1,
        "query": "avg:app.load{*}.rollup(avg, 60)",
        "from_date": START * 1000,
        "to_date": SECOND * 1000,
        "values": [],
        "times": [],
        "message": "",
        "group_by": [],
    }
    points = series.pop("pointlist")
    assert points == [[moment * 1000.0, 2.0] for moment in range(START, SECOND, 60)]
    assert series == {
        "metric": "app.load",
        "display_name": "app.load",
        "expression": "avg:app.load{*}.rollup(avg, 60)",
        "scope": "*",
        "tag_set": [],
        "interval": 60,
        "length": 60,
        "start": START * 1000,
        "end": SECOND * 1000 - 1,
        "aggr": "avg",
        "query_index": 0,
        "attributes": {},
        "unit": None,
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sum:app.load{env:a}.rollup(60)", {"*": 4.0}),
        ("avg:app.load{env:a} by {host}", {"host:h1": 1.0, "host:h2": 3.0}),
        ("max:app.load{*} by {disk,host}", {"disk:x,host:h1": 1.0, "disk:y,host:h2": 3.0}),
        ("avg:app.load{host:h1}", {"*": 1.0}),
        ("avg:app.load{!host:h1}", {"*": 3.0}),
        ("avg:app.load{host:h*}.rollup(60)", {"*": 2.0}),
        ("avg:app.load{host IN (h1,h2) AND NOT disk:x}", {"*": 3.0}),
        ("avg:app.load{*} by {host} * 10", {"host:h1": 10.0, "host:h2": 30.0}),
        ("top(avg:app.load{*} by {host}, 1, 'mean', 'desc')", {"host:h2": 3.0}),
        ("sum:app.hits{*}.as_count().rollup(sum, 600)", {"*": 60.0}),
        ("sum:app.hits{*}.as_rate()", {"*": 0.1}),
        ("avg:no.such{*}", {}),
    ],
)
def test_scopes_groups_and_functions(filled: Datadog, query: str, found: dict[str, float]) -> None:
    said = {
        one["scope"]: one["pointlist"][10 % len(one["pointlist"])][1] for one in v1(filled, query)["series"]
    }
    assert said == pytest.approx(found)


def test_several_queries_at_once(filled: Datadog) -> None:
    series = v1(filled, "avg:app.load{*}, sum:app.hits{*}")["series"]
    assert [(one["query_index"], one["metric"]) for one in series] == [(0, "app.load"), (1, "app.hits")]


@pytest.mark.parametrize(
    ("seconds", "interval"), [(3600, 20), (4 * 3600, 60), (86400, 300), (7 * 86400, 3600)]
)
def test_the_grid_is_that_of_dashboards(datadog: Datadog, seconds: int, interval: int) -> None:
    datadog.post("/api/v1/series", {"series": [{"metric": "a", "points": [[SECOND - 60, 1]]}]})
    (series,) = v1(datadog, "avg:a{*}", SECOND - seconds)["series"]
    assert series["interval"] == interval
    assert all(moment % (interval * 1000) == 0 for moment, _ in series["pointlist"])


@pytest.mark.parametrize("query", ["avg:app.load{", "", "anomalies(avg:app.load{*}, 'basic', 2)"])
def test_what_cannot_be_computed_is_said(filled: Datadog, query: str) -> None:
    path = "/api/v1/query?" + urlencode({"from": START, "to": SECOND, "query": query})
    reply = filled.send(path, b"", method="GET")
    assert reply.status == 400 and reply.json()["errors"]


def v2(datadog: Datadog, kind: str, **attributes: Any) -> Any:
    span = {"from": START * 1000, "to": SECOND * 1000}
    body = {"data": {"type": f"{kind}_request", "attributes": {**span, **attributes}}}
    return datadog.post(f"/api/v2/query/{kind}", body)["data"]


def metric(name: str, query: str, **more: Any) -> dict[str, Any]:
    return {"data_source": "metrics", "name": name, "query": query, **more}


def test_timeseries_with_formulas(filled: Datadog) -> None:
    queries = [metric("a", "avg:app.load{*} by {host}"), metric("b", "sum:app.hits{*}")]
    data = v2(
        filled,
        "timeseries",
        queries=queries,
        formulas=[{"formula": "a * 2"}, {"formula": "b"}],
        interval=60_000,
    )
    assert (data["id"], data["type"]) == ("0", "timeseries_response")
    said = data["attributes"]
    assert said["series"] == [
        {"group_tags": ["host:h1"], "query_index": 0, "unit": None},
        {"group_tags": ["host:h2"], "query_index": 0, "unit": None},
        {"group_tags": [], "query_index": 1, "unit": None},
    ]
    assert said["times"] == [moment * 1000 for moment in range(START, SECOND, 60)]
    assert [row[5] for row in said["values"]] == [2.0, 6.0, 6.0]


@pytest.mark.parametrize(
    ("aggregator", "number"),
    [("avg", 3.0), ("max", 3.0), ("sum", 180.0), ("last", 3.0), ("area", 180 * 60.0)],
)
def test_scalars_of_metrics(filled: Datadog, aggregator: str, number: float) -> None:
    query = metric("a", "avg:app.load{host:h2} by {host}.rollup(avg, 60)", aggregator=aggregator)
    data = v2(
        filled,
        "scalar",
        queries=[query],
        formulas=[{"formula": "a", "limit": {"count": 10, "order": "desc"}}],
    )
    assert data == {
        "type": "scalar_response",
        "attributes": {
            "columns": [
                {"name": "host", "type": "group", "values": [["h2"]]},
                {"name": "a", "type": "number", "values": [number], "meta": {"unit": None}},
            ]
        },
    }


def test_logs_and_metrics_in_one_formula(filled: Datadog) -> None:
    logs = [{"message": "m", "service": service, "host": "h1"} for service in ("web", "web", "db")]
    filled.post("/api/v2/logs", [{**log, "timestamp": (SECOND - 30) * 1000} for log in logs])
    count = {
        "data_source": "logs",
        "name": "a",
        "compute": {"aggregation": "count"},
        "search": {"query": "*"},
        "indexes": ["main"],
        "group_by": [{"facet": "service", "limit": 10, "sort": {"aggregation": "count", "order": "desc"}}],
    }
    columns = v2(
        filled, "scalar", queries=[count, metric("b", "avg:app.load{*}")], formulas=[{"formula": "a * b"}]
    )
    assert [column["values"] for column in columns["attributes"]["columns"]] == [
        [["web"], ["db"]],
        [4.0, 2.0],
    ]
    times = v2(filled, "timeseries", queries=[count])["attributes"]
    assert [sum(value or 0 for value in row) for row in times["values"]] == [2, 1]


def test_another_source_has_no_data_and_a_wrong_request_says_so(filled: Datadog) -> None:
    other = {"data_source": "slo", "name": "a", "slo_id": "x", "measure": "good_events"}
    columns = v2(filled, "scalar", queries=[other])["attributes"]["columns"]
    assert [column["values"] for column in columns] == [[]]
    for body in ({"data": {"type": "x"}}, {}, {"data": {"type": "scalar_request", "attributes": {}}}):
        reply = filled.send("/api/v2/query/scalar", json.dumps(body).encode())
        assert reply.status == 400 and "API input validation failed" in reply.json()["errors"][0]


def test_distributions_have_percentiles(datadog: Datadog) -> None:
    points = [[SECOND - 60, list(range(1, 101))], [SECOND - 30, [1000]]]
    datadog.post("/api/v1/distribution_points", {"series": [{"metric": "d", "points": points}]})
    found = {
        name: v1(datadog, f"{name}:d{{*}}.rollup(60)", SECOND - 60)["series"][0]["pointlist"][0][1]
        for name in ("min", "max", "sum", "count", "p50", "p95")
    }
    assert (found["min"], found["max"], found["count"]) == (1, 1000, 101)
    assert found["sum"] == pytest.approx(6050)
    assert found["p50"] == pytest.approx(51, rel=0.05) and found["p95"] == pytest.approx(96, rel=0.05)


def test_the_history_of_an_slo_is_of_what_has_arrived(datadog: Datadog) -> None:
    times = range(START, SECOND, 60)
    series = [
        {"metric": name, "type": "count", "interval": 60, "points": [[moment, value] for moment in times]}
        for name, value in (("good.hits", 99), ("all.hits", 100))
    ]
    datadog.post("/api/v1/series", {"series": series})
    query = {"numerator": "sum:good.hits{*}.as_count()", "denominator": "sum:all.hits{*}.as_count()"}
    slo = {"name": "s", "type": "metric", "query": query, "thresholds": [{"timeframe": "7d", "target": 98}]}
    id = datadog.post("/api/v1/slo", slo)["data"][0]["id"]
    said = datadog.get(f"/api/v1/slo/{id}/history?from_ts={START}&to_ts={SECOND}")["data"]
    assert said["overall"]["sli_value"] == pytest.approx(99.0)
    assert said["overall"]["error_budget_remaining"] == {"7d": pytest.approx(50.0)}
    assert said["series"]["denominator"]["sum"] == 6000 and said["series"]["interval"] == 300
    before = datadog.get(f"/api/v1/slo/{id}/history?from_ts=1000&to_ts=2000")["data"]
    assert before["overall"]["sli_value"] is None
