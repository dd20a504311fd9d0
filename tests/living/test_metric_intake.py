"""Metrics of every version come in as the same series."""

from __future__ import annotations

import gzip
import json
import struct
import zlib

import pytest
import zstandard

from ddconf.living.sketch import Sketch
from tests.living import wire
from tests.living.conftest import NOW, SECOND, Datadog

JSON = {"content-type": "application/json"}
PROTOBUF = {"content-type": "application/x-protobuf"}
V1 = {
    "series": [
        {
            "metric": "app.load",
            "type": "gauge",
            "points": [[SECOND - 20, 1.5], [SECOND - 10.7, 2]],
            "host": "h1",
            "tags": ["Env:A", "team:b"],
        },
        {
            "metric": "app.hits",
            "type": "count",
            "points": [[SECOND, 3]],
            "interval": 10,
            "host": "h1",
            "device": "sda",
        },
    ]
}
V2 = {
    "series": [
        {
            "metric": "app.load",
            "type": 3,
            "points": [
                {"timestamp": SECOND - 20, "value": 1.5},
                {"timestamp": SECOND - 11, "value": 2},
            ],
            "resources": [{"type": "host", "name": "h1"}],
            "tags": ["Env:A", "team:b"],
        },
        {
            "metric": "app.hits",
            "type": 1,
            "points": [{"timestamp": SECOND, "value": 3}],
            "interval": 10,
            "resources": [{"type": "host", "name": "h1"}, {"type": "device", "name": "sda"}],
        },
    ]
}


def v2_protobuf() -> bytes:
    def point(moment: int, value: float) -> bytes:
        return wire.data(4, wire.double(1, value) + wire.whole(2, moment))

    def resource(kind: str, name: str) -> bytes:
        return wire.data(1, wire.data(1, kind) + wire.data(2, name))

    load = resource("host", "h1") + wire.data(2, "app.load") + wire.data(3, "Env:A") + wire.data(3, "team:b")
    load += point(SECOND - 20, 1.5) + point(SECOND - 11, 2) + wire.whole(5, 3)
    hits = resource("host", "h1") + resource("device", "sda") + wire.data(2, "app.hits")
    hits += point(SECOND, 3) + wire.whole(5, 1) + wire.whole(8, 10) + wire.data(9, b"")
    return wire.data(1, load) + wire.data(1, hits)


def v3(*, common_tags: bool = False) -> bytes:
    """The same two series in columns; with `common_tags` the tags stand once for the payload."""
    columns = [
        wire.data(1, wire.dictionary("app.load", "app.hits")),
        wire.data(2, wire.dictionary("Env:A", "team:b")),
        wire.zigzag(3, [2, 1, 1, 1, -1]),  # {Env:A, team:b}, and that set again
        wire.data(4, wire.dictionary("host", "h1", "device", "sda")),
        wire.packed(5, [1, 2]),
        wire.zigzag(6, [1, 1, 2]),
        wire.zigzag(7, [2, 2, 2]),
        wire.packed(10, [0x33, 0x11]),
        wire.zigzag(11, [1, 1]),
        wire.zigzag(12, [0, 0] if common_tags else [2, -2]),
        wire.zigzag(13, [1, 1]),
        wire.packed(14, [0, 10]),
        wire.packed(15, [2, 1]),
        wire.zigzag(16, wire.deltas([SECOND - 20, SECOND - 11, SECOND])),
        wire.zigzag(17, [3]),
        wire.data(19, struct.pack("<2d", 1.5, 2)),
        wire.zigzag(23, [0, 0]),
        wire.zigzag(24, [0, 0]),
    ]
    return wire.data(3, b"".join(columns))


V1_BODY, V2_BODY = json.dumps(V1).encode(), json.dumps(V2).encode()
EXPECTED = {
    "app.load": {("env:a", "host:h1", "team:b"): {SECOND - 20: 1.5, SECOND - 11: 2.0}},
    "app.hits": {("device:sda", "host:h1"): {SECOND: 3.0}},
}
SENT = {
    "v1": ("/api/v1/series", V1_BODY, JSON),
    "v1 deflate": (
        "/api/v1/series",
        zlib.compress(V1_BODY),
        {**JSON, "content-encoding": "deflate"},
    ),
    "v2": ("/api/v2/series", V2_BODY, JSON),
    "v2 gzip": (
        "/api/v2/series",
        gzip.compress(V2_BODY),
        {**JSON, "content-encoding": "gzip"},
    ),
    "v2 protobuf": ("/api/v2/series", v2_protobuf(), PROTOBUF),
    "v3": ("/api/intake/metrics/v3/series", v3(), PROTOBUF),
    "v3 zstd": (
        "/api/intake/metrics/v3/series",
        zstandard.ZstdCompressor().compress(v3()[:20]) + zstandard.ZstdCompressor().compress(v3()[20:]),
        {**PROTOBUF, "content-encoding": "zstd"},
    ),
}
ANSWERS = {"v1": {"status": "ok"}, "v2": {"errors": []}, "v3": None}


@pytest.mark.parametrize("form", SENT)
def test_every_version_gives_the_same_series(datadog: Datadog, form: str) -> None:
    path, body, headers = SENT[form]
    response = datadog.send(path, body, headers)
    assert (response.status, response.json()) == (202, ANSWERS[form[:2]])
    assert {name: datadog.points(name) for name in EXPECTED} == EXPECTED
    kinds = {name: [one.kind for one in datadog.living.sandbox.metrics.series(name)] for name in EXPECTED}
    assert kinds == {"app.load": ["gauge"], "app.hits": ["count"]}
    (hits,) = datadog.living.sandbox.metrics.series("app.hits")
    assert hits.interval == 10


def test_columns_with_tags_and_a_host_for_all_series(datadog: Datadog) -> None:
    metadata = wire.data(2, wire.data(1, "Env:A") + wire.data(2, "device") + wire.data(2, "all"))
    assert datadog.send("/api/intake/metrics/v3/series", metadata + v3(common_tags=True)).status == 202
    assert list(datadog.points("app.load")) == [("device:all", "env:a", "host:h1")]
    assert list(datadog.points("app.hits")) == [("device:sda", "env:a", "host:h1")]


def test_units_of_columns_for_all_series_or_only_for_those_that_have_one(datadog: Datadog) -> None:
    for references in ([0, 1], [1]):
        units = wire.data(25, wire.dictionary("byte")) + wire.zigzag(26, references)
        flagged = v3().replace(wire.packed(10, [0x33, 0x11]), wire.packed(10, [0x33, 0x211]))
        body = wire.data(3, flagged[len(flagged) - len(_inner(flagged)) :] + units)
        assert datadog.send("/api/intake/metrics/v3/series", body).status == 202
        sandbox = datadog.living.sandbox
        assert [one.unit for one in sandbox.metrics.series("app.hits")] == ["byte"]
        assert [one.unit for one in sandbox.metrics.series("app.load")] == [""]
        sandbox.clear()


def _inner(message: bytes) -> bytes:
    """What stands behind the tag and the length of the outer message."""
    position = 1
    while message[position] & 0x80:
        position += 1
    return message[position + 1 :]


@pytest.mark.parametrize("cut", [1, 2, 10, 40, 80])
def test_columns_that_break_off_are_refused_and_nothing_is_kept(datadog: Datadog, cut: int) -> None:
    assert datadog.send("/api/intake/metrics/v3/series", v3()[:-cut]).status == 400
    assert datadog.health["series"] == 0


def test_columns_of_too_few_values_are_refused(datadog: Datadog) -> None:
    short = wire.data(3, _inner(v3()).replace(wire.zigzag(17, [3]), b""))
    assert datadog.send("/api/intake/metrics/v3/series", short).status == 400
    wrong = wire.data(3, _inner(v3()).replace(wire.zigzag(11, [1, 1]), wire.zigzag(11, [1, 7])))
    assert datadog.send("/api/intake/metrics/v3/series", wrong).status == 400


SKETCH = Sketch.of([1, 2, 2, 100, -3, 0])


def test_sketches_of_both_forms(datadog: Datadog) -> None:
    keys, counts = list(SKETCH.bins), list(SKETCH.bins.values())
    summary = b"".join(
        wire.double(field, value)
        for field, value in ((3, -3.0), (4, 100.0), (5, SKETCH.average), (6, SKETCH.sum))
    )
    sketch = (
        wire.whole(1, SECOND) + wire.whole(2, 6) + summary + wire.zigzag(7, keys) + wire.packed(8, counts)
    )
    item = wire.data(1, "app.time") + wire.data(2, "h1") + wire.data(4, "env:a") + wire.data(7, sketch)
    assert datadog.send("/api/beta/sketches", wire.data(1, item), PROTOBUF).status == 202
    columns = [
        wire.data(1, wire.dictionary("app.took")),
        wire.packed(10, [0x34]),
        wire.zigzag(11, [1]),
        wire.packed(15, [1]),
        wire.zigzag(16, [SECOND]),
        wire.zigzag(17, [6]),
        wire.data(19, struct.pack("<3d", SKETCH.sum, -3, 100)),
        wire.packed(20, [len(keys)]),
        wire.zigzag(21, wire.deltas(keys)),
        wire.packed(22, counts),
    ]
    assert datadog.send("/api/intake/metrics/v3/sketches", wire.data(3, b"".join(columns))).status == 202
    assert datadog.points("app.time") == {("env:a", "host:h1"): {SECOND: SKETCH}}
    assert datadog.points("app.took") == {(): {SECOND: SKETCH}}


def test_distributions_as_json(datadog: Datadog) -> None:
    body = {"series": [{"metric": "app.d", "points": [[SECOND, [1, 2, 2, 100, -3, 0]]], "host": "h"}]}
    assert datadog.post("/api/v1/distribution_points", body) == {"status": "ok"}
    assert datadog.points("app.d") == {("host:h",): {SECOND: SKETCH}}


def test_names_and_tags_are_kept_as_datadog_keeps_them(datadog: Datadog) -> None:
    series = {"metric": "1app-load %", "points": [[SECOND, 1]], "tags": ["Städte:Ä b", "x", "x", "a" * 300]}
    datadog.post("/api/v1/series", {"series": [series]})
    assert list(datadog.points("app_load")) == [("a" * 200, "städte:ä_b", "x")]


def test_points_far_off_are_dropped_and_counted(datadog: Datadog) -> None:
    points = [[SECOND - 3700, 1], [SECOND - 3500, 2], [SECOND + 500, 3], [SECOND + 700, 4]]
    datadog.post("/api/v1/series", {"series": [{"metric": "a", "points": points}]})
    assert datadog.points("a") == {(): {SECOND - 3500: 2.0, SECOND + 500: 3.0}}
    assert datadog.health["counts"]["points_dropped_for_age"] == 2


@pytest.mark.parametrize(
    "body",
    [
        b'{"series": 1}',
        b'{"series": [{"points": [[1, 2]]}]}',
        b'{"series": [{"metric": "a", "points": [[1, "x"]]}]}',
        b"[",
        b"{}x",
    ],
)
def test_series_that_are_none_are_refused(datadog: Datadog, body: bytes) -> None:
    for path in ("/api/v1/series", "/api/v2/series", "/api/v1/distribution_points"):
        assert datadog.send(path, body, JSON).status == 400, path


def test_a_body_beyond_the_limit_of_version_2(datadog: Datadog) -> None:
    assert datadog.send("/api/v2/series", b" " * 5_300_000, JSON).status == 413
    assert datadog.send("/api/v1/series", b'{"series":[]}' + b" " * 5_300_000, JSON).status == 202


def test_events_and_checks(datadog: Datadog) -> None:
    event = datadog.post(
        "/api/v1/events", {"title": "t", "text": "x", "tags": ["a:b"], "alert_type": "error"}
    )
    assert event["status"] == "ok" and event["event"]["date_happened"] == SECOND
    old = {"title": "t", "text": "x", "date_happened": SECOND - 100_000}
    refused = datadog.send("/api/v1/events", json.dumps(old).encode())
    assert (refused.status, refused.json()) == (400, {"errors": ["Event too far in the past"]})
    change = {
        "category": "change",
        "title": "t",
        "attributes": {"changed_resource": {"name": "n", "type": "x"}},
    }
    made = datadog.post("/api/v2/events", {"data": {"type": "event", "attributes": change}})
    assert "evt" in made["data"]["attributes"]["attributes"]
    run = {"check": "app.ok", "host_name": "h", "status": 0}
    for body in (run, [run, run], {}):
        assert datadog.post("/api/v1/check_run", body) == {"status": "ok"}
    assert (datadog.health["events"], datadog.health["check_runs"]) == (2, 3)
    assert datadog.send("/api/v1/check_run", b'{"status": 0}').status == 400


def test_an_agent_finds_what_it_asks_for(datadog: Datadog) -> None:
    assert datadog.get("/api/v1/validate") == {"valid": True}
    tags = {"internalHostname": "h1", "host-tags": {"system": ["env:a", "rack:7"]}, "os": "linux"}
    datadog.post("/intake/", tags)
    datadog.post("/intake/", {"events": {"api": [{"msg_title": "up", "msg_text": "x", "timestamp": SECOND}]}})
    assert datadog.health["events"] == 1
    datadog.post("/api/v2/logs", [{"message": "m", "hostname": "h1"}, {"message": "n", "hostname": "h2"}])
    first, second = datadog.logs()
    assert {"env:a", "rack:7"} <= set(first["tags"]) and "rack:7" not in second["tags"]
    for path in ("/api/v1/metadata", "/api/v2/host_metadata", "/api/v0.2/traces", "/api/v2/dbmmetrics"):
        assert datadog.send(path, b"\x00").status == 202, path
    assert datadog.send("/support/flare", b"", method="HEAD").status == 200


def test_an_unknown_path_is_answered_and_counted(datadog: Datadog) -> None:
    for _ in range(3):
        assert datadog.send("/api/v2/something-new", b"{}").json() == {}
    client = {"DD-APPLICATION-KEY": "a"}
    assert datadog.send("/api/v2/no-such-product", b"{}", client).status == 404
    assert datadog.send("/api/v0.1/configurations", b"", method="GET").status == 404
    listed = {item["path"]: item["count"] for item in datadog.get("/_sandbox/unknown")["paths"]}
    assert listed == {"/api/v2/something-new": 3, "/api/v2/no-such-product": 1, "/api/v0.1/configurations": 1}


def test_what_was_received_can_be_looked_at_without_the_key(datadog: Datadog) -> None:
    body = gzip.compress(b'[{"message":"a"}]')
    datadog.send("/api/v2/logs?dd-api-key=k", body, {"content-encoding": "gzip", "DD-EVP-ORIGIN": "fluent"})
    datadog.send("/api/v1/series", b"{}", {"user-agent": "datadogpy/0.56.0 (python)"})
    first, second = datadog.get("/_sandbox/received")["requests"]
    assert (first["shipper"], second["shipper"]) == ("fluent", "datadogpy/0.56.0")
    assert (first["body"], first["encoded_bytes"], first["time"]) == (
        '[{"message":"a"}]',
        len(body),
        int(NOW.timestamp() * 1000),
    )
    assert "key" not in json.dumps(first)
    assert datadog.get("/_sandbox/received?shipper=fluent")["requests"] == [first]
