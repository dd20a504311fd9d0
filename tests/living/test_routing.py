"""From event to place: each log goes where the configuration of that moment sends it, and says why."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ddconf.living.sandbox import SandboxSettings
from tests.living.conftest import NOW, SECOND, Datadog

CONFIG = "/api/v1/logs/config"
V2 = "/api/v2/logs/config"


@pytest.fixture
def settings(tmp_path: Path) -> SandboxSettings:
    return SandboxSettings(archive_folder=tmp_path / "archives")


def index(datadog: Datadog, name: str, query: str, **more: Any) -> None:
    datadog.post(f"{CONFIG}/indexes", {"name": name, "filter": {"query": query}, **more})
    order = [*datadog.get(f"{CONFIG}/index-order")["index_names"]]
    datadog.post(
        f"{CONFIG}/index-order", {"index_names": [name, *(one for one in order if one != name)]}, "PUT"
    )


def exclusion(
    name: str, query: str, rate: float, attribute: str | None = None, **more: Any
) -> dict[str, Any]:
    return {
        "name": name,
        "is_enabled": True,
        "filter": {"query": query, "sample_rate": rate, "sample_attribute": attribute},
        **more,
    }


def metric(datadog: Datadog, id: str, compute: dict[str, Any], query: str = "*", *groups: str) -> None:
    attributes = {
        "compute": compute,
        "filter": {"query": query},
        "group_by": [{"path": path} for path in groups],
    }
    datadog.post(f"{V2}/metrics", {"data": {"id": id, "type": "logs_metrics", "attributes": attributes}})


def archive(datadog: Datadog, name: str, query: str, **more: Any) -> str:
    destination = {
        "type": "s3",
        "bucket": "b",
        "path": "logs",
        "integration": {"role_name": "r", "account_id": "1"},
    }
    attributes = {"name": name, "query": query, "destination": destination, **more}
    return str(
        datadog.post(f"{V2}/archives", {"data": {"type": "archives", "attributes": attributes}})["data"]["id"]
    )


def why(datadog: Datadog) -> list[dict[str, Any]]:
    """Of all logs, in the order of their arrival."""
    return [item["why"] for item in reversed(datadog.get("/_sandbox/why?count=1000")["logs"])]


def send(datadog: Datadog, *logs: dict[str, Any]) -> None:
    datadog.post("/api/v2/logs", list(logs))


def test_one_log_meets_every_place_in_the_order_of_datadog(datadog: Datadog) -> None:
    index(datadog, "second", "service:shop")
    index(datadog, "first", "service:shop", daily_limit=1)
    metric(datadog, "shop.logs", {"aggregation_type": "count"}, "service:shop")
    kept = archive(datadog, "all", "service:shop")
    archive(datadog, "never", "service:shop")
    send(datadog, {"message": "a", "service": "shop"}, {"message": "b", "service": "shop"})
    assert [log["message"] for log in datadog.logs()] == ["a"]
    taken = {"index": "first", "archive": kept, "metrics": ["shop.logs"]}
    one, two = why(datadog)
    assert one == {**taken, "indexed": True}
    assert two == {**taken, "over_quota": True, "indexed": False}
    assert sum(datadog.points("shop.logs")[()].values()) == 2
    assert datadog.health["indexes"] == {"first": 1}


def test_pipelines_are_those_of_the_moment(datadog: Datadog) -> None:
    pipeline = {
        "name": "Shop",
        "is_enabled": True,
        "filter": {"query": "source:shop"},
        "processors": [
            {
                "type": "grok-parser",
                "name": "g",
                "is_enabled": True,
                "source": "message",
                "samples": [],
                "grok": {"support_rules": "", "match_rules": "r %{word:user} paid %{number:amount}"},
            },
            {"type": "service-remapper", "name": "s", "is_enabled": True, "sources": ["user"]},
        ],
    }
    send(datadog, {"message": "ann paid 5", "ddsource": "shop"})
    id = datadog.post(f"{CONFIG}/pipelines", pipeline)["id"]
    send(datadog, {"message": "bob paid 7", "ddsource": "shop"})
    datadog.post(f"{CONFIG}/pipelines/{id}", {**pipeline, "is_enabled": False}, "PUT")
    send(datadog, {"message": "eve paid 9", "ddsource": "shop"})
    first, second, third = datadog.logs()
    assert second["attributes"] == {"user": "bob", "amount": 7} and second["service"] == "bob"
    assert "attributes" not in first and "attributes" not in third
    assert [item.get("pipelines") for item in why(datadog)] == [None, ["Shop"], None]


def test_a_pipeline_that_cannot_be_compiled_is_left_out_by_name(datadog: Datadog) -> None:
    broken = {"name": "Broken", "is_enabled": True, "filter": {"query": "("}, "processors": []}
    datadog.living.app.validate = False
    datadog.post(f"{CONFIG}/pipelines", broken)
    send(datadog, {"message": "a"})
    assert len(datadog.logs()) == 1
    assert any("Broken" in text for text in datadog.health["left_out"])


def test_a_log_that_no_index_takes_cannot_be_searched(datadog: Datadog) -> None:
    datadog.post(f"{CONFIG}/indexes/main", {"filter": {"query": "service:none"}}, "PUT")
    metric(datadog, "all.logs", {"aggregation_type": "count"})
    send(datadog, {"message": "a"})
    assert datadog.logs() == []
    assert why(datadog) == [{"metrics": ["all.logs"], "indexed": False}]
    assert datadog.health["logs"] == {"indexed": 0, "not_indexed": 1}


def test_searches_are_of_the_indexes_they_name(datadog: Datadog) -> None:
    index(datadog, "web", "service:web")
    send(datadog, {"message": "a", "service": "web"}, {"message": "b"})
    assert [log["message"] for log in datadog.logs(indexes=["web"])] == ["a"]
    assert [log["message"] for log in datadog.logs(indexes=["main", "web"])] == ["a", "b"]
    assert [log["message"] for log in datadog.logs(indexes=["*"])] == ["a", "b"]


def test_the_first_active_exclusion_filter_that_matches_decides(datadog: Datadog) -> None:
    index(
        datadog,
        "x",
        "*",
        exclusion_filters=[
            exclusion("off", "service:a", 1.0, is_enabled=False),
            exclusion("keep", "service:a", 0.0),
            exclusion("all", "*", 1.0),
        ],
    )
    send(datadog, {"message": "a", "service": "a"}, {"message": "b", "service": "b"})
    assert [log["message"] for log in datadog.logs()] == ["a"]
    assert [(item["sampled"]["filter"], item["indexed"]) for item in why(datadog)] == [
        ("keep", True),
        ("all", False),
    ]


def test_sampling_by_an_attribute_is_of_whole_values_and_the_same_in_every_index(datadog: Datadog) -> None:
    for name, rate in (("low", 0.3), ("high", 0.6)):
        index(datadog, name, f"service:{name}", exclusion_filters=[exclusion(name, "*", rate, "@user")])
    logs = [
        {"message": f"{service}-{user}-{number}", "service": service, "user": f"u{user}"}
        for service in ("low", "high")
        for user in range(100)
        for number in range(2)
    ]
    send(datadog, *logs, {"message": "none", "service": "high"})
    kept = {log["message"] for log in datadog.logs()}
    by_index = {name: {user for user in range(100) if f"{name}-{user}-0" in kept} for name in ("low", "high")}
    assert all(
        (f"{name}-{user}-1" in kept) == (user in users)
        for name, users in by_index.items()
        for user in range(100)
    )
    assert by_index["high"] < by_index["low"]
    assert 50 < len(by_index["low"]) < 90 and 20 < len(by_index["high"]) < 60
    assert "none" in kept


def test_sampling_without_an_attribute_goes_by_trace_if_there_is_one(datadog: Datadog) -> None:
    index(datadog, "x", "*", exclusion_filters=[exclusion("half", "*", 0.5)])
    traced = [
        {"message": f"{trace}", "dd": {"trace_id": str(trace)}} for trace in range(50) for _ in range(2)
    ]
    send(datadog, *traced, *({"message": "single"} for _ in range(200)))
    kept = [log["message"] for log in datadog.logs()]
    assert {kept.count(str(trace)) for trace in range(50)} == {0, 2}
    assert 60 < kept.count("single") < 140


def test_a_quota_is_of_a_day_that_begins_when_it_says(datadog: Datadog) -> None:
    reset = {"reset_time": "13:30", "reset_utc_offset": "+01:00"}
    index(datadog, "x", "*", daily_limit=2, daily_limit_reset=reset)
    send(datadog, *({"message": str(number)} for number in range(3)))
    datadog.post("/_sandbox/clock", {"advance": "29m"})
    send(datadog, {"message": "still full"})
    datadog.post("/_sandbox/clock", {"advance": "1m"})
    send(datadog, {"message": "new day"})
    assert [log["message"] for log in datadog.logs()] == ["0", "1", "new day"]


def test_metrics_of_logs_count_and_measure_by_groups(datadog: Datadog) -> None:
    metric(datadog, "web.hits", {"aggregation_type": "count"}, "service:web", "@http.status", "host")
    metric(datadog, "web.time", {"aggregation_type": "distribution", "path": "@took"}, "service:web")
    old = int((NOW - timedelta(minutes=21)).timestamp() * 1000)
    web = {"service": "web", "hostname": "h"}
    send(
        datadog,
        {**web, "http": {"status": 200}, "took": 5},
        {**web, "http": {"status": 200}, "took": 15},
        {**web, "http": {"status": 500}, "took": "slow"},
        {**web, "took": 1, "timestamp": old},
        {"service": "other", "took": 99},
    )
    start = SECOND - SECOND % 10
    assert datadog.points("web.hits") == {
        ("host:h", "http.status:200"): {start: 2.0},
        ("host:h", "http.status:500"): {start: 1.0},
    }
    (sketch,) = datadog.points("web.time")[()].values()
    assert (sketch.count, sketch.minimum, sketch.maximum, sketch.sum) == (2, 5, 15, 20)
    send(datadog, {**web, "http": {"status": 200}, "took": 10})
    assert datadog.points("web.hits")[("host:h", "http.status:200")] == {start: 3.0}
    assert datadog.points("web.time")[()][start].count == 3


def test_archives_are_files_as_datadog_lays_them_out(datadog: Datadog, tmp_path: Path) -> None:
    archive(datadog, "Web logs", "service:web", include_tags=True)
    archive(datadog, "rest", "*")
    send(
        datadog,
        {"message": "a", "service": "web", "ddtags": "x:1", "n": 1},
        {"message": "b", "ddtags": "x:2"},
    )
    assert not (tmp_path / "archives").exists()
    datadog.post("/_sandbox/clock", {"advance": "1m"})
    files = sorted((tmp_path / "archives").rglob("*.json.gz"))
    assert [file.parent.relative_to(tmp_path / "archives").as_posix() for file in files] == [
        "Web logs/logs/dt=20260504/hour=12",
        "rest/logs/dt=20260504/hour=12",
    ]
    web, rest = (
        [json.loads(line) for line in gzip.decompress(file.read_bytes()).splitlines()] for file in files
    )
    assert files[0].name.startswith("archive_120000.0000.")
    assert web[0]["_id"] and web[0]["attributes"]["n"] == 1 and "x:1" in web[0]["tags"]
    assert rest[0]["message"] == "b" and "tags" not in rest[0]
    assert rest[0]["date"] == "2026-05-04T12:00:00.000Z"
    datadog.post("/_sandbox/clock", {"advance": "5m"})
    assert len(list((tmp_path / "archives").rglob("*.json.gz"))) == 2


def test_the_scanner_hides_what_pipelines_made_before_any_place_sees_it(datadog: Datadog) -> None:
    root = "/api/v2/sensitive-data-scanner/config"
    group = datadog.post(
        f"{root}/groups",
        {
            "data": {
                "type": "sensitive_data_scanner_group",
                "attributes": {
                    "name": "g",
                    "is_enabled": True,
                    "filter": {"query": "*"},
                    "product_list": ["logs"],
                },
                "relationships": {"configuration": {"data": {"id": "x", "type": "c"}}},
            }
        },
    )["data"]["id"]
    link = {"group": {"data": {"id": group, "type": "sensitive_data_scanner_group"}}}
    rule = {
        "name": "cards",
        "is_enabled": True,
        "pattern": r"\b4\d{15}\b",
        "tags": ["sensitive:card"],
        "text_replacement": {"type": "replacement_string", "replacement_string": "[card]"},
        "excluded_namespaces": ["order"],
    }
    datadog.post(
        f"{root}/rules",
        {"data": {"type": "sensitive_data_scanner_rule", "attributes": rule, "relationships": link}},
    )
    metric(datadog, "found", {"aggregation_type": "count"}, "sensitive:card", "@pay.card")
    card = "4111111111111111"
    send(
        datadog,
        {"message": f"paid with {card}", "pay": {"card": [card]}, "order": card},
        {"message": "no card"},
    )
    log, other = datadog.logs()
    assert log["message"] == "paid with [card]"
    assert (log["attributes"]["pay"], log["attributes"]["order"]) == ({"card": ["[card]"]}, card)
    assert "sensitive:card" in log["tags"] and "sensitive:card" not in other["tags"]
    assert why(datadog)[0]["scanner_rules"] == ["cards"]
    assert list(datadog.points("found")) == [("pay.card:_card",)]


def test_the_number_of_logs_that_came_in_is_a_metric(datadog: Datadog) -> None:
    send(datadog, {"message": "a", "service": "s"}, {"message": "b", "service": "s"})
    (tags,) = datadog.points("datadog.estimated_usage.logs.ingested_events")
    assert tags == ("datadog_index:main", "datadog_is_excluded:false", "service:s", "status:info")


def test_the_why_of_a_log_by_its_id(datadog: Datadog) -> None:
    send(datadog, {"message": "a"})
    id = datadog.post("/api/v2/logs/events/search", {})["data"][0]["id"]
    assert datadog.get(f"/_sandbox/why/{id}")["why"] == {"index": "main", "indexed": True}
    for wrong in ("x", id[:-1] + "x", ""):
        assert datadog.send(f"/_sandbox/why/{wrong}", b"", method="GET").status in (200, 404)
    assert datadog.send(f"/_sandbox/why/{id[:-1]}x", b"", method="GET").status == 404


def test_reset_forgets_data_and_configuration(datadog: Datadog) -> None:
    index(datadog, "x", "*")
    send(datadog, {"message": "a"})
    datadog.post("/_sandbox/reset?keep=configuration", None)
    assert datadog.logs() == [] and "x" in datadog.get(f"{CONFIG}/index-order")["index_names"]
    send(datadog, {"message": "b"})
    datadog.post("/_sandbox/reset", None)
    assert datadog.logs() == [] and datadog.get(f"{CONFIG}/index-order")["index_names"] == ["main"]


def test_faults_are_ordered_at_run_time_and_spare_the_sandbox_itself(datadog: Datadog) -> None:
    datadog.post("/_sandbox/faults", {"fault": "503 x2"})
    statuses = [datadog.send("/api/v2/logs", b'[{"message":"a"}]').status for _ in range(3)]
    assert statuses == [503, 503, 202]
    datadog.post("/_sandbox/faults", {"fault": "503 100%"})
    assert datadog.health["status"] == "running"
    assert len(datadog.get("/_sandbox/faults")["struck"]) == 2
    datadog.post("/_sandbox/faults", None, "DELETE")
    send(datadog, {"message": "b"})
    assert [log["message"] for log in datadog.logs()] == ["a", "b"]
    assert datadog.send("/_sandbox/faults", b'{"fault": "418"}').status == 400


def test_a_sandbox_that_is_being_prepared_is_not_healthy(datadog: Datadog) -> None:
    datadog.living.sandbox.is_ready = False
    assert datadog.send("/_sandbox/health", b"", method="GET").status == 503
