"""Logs come in by every path, encoding and form, and are found with what the request said of them."""

from __future__ import annotations

import gzip
import json
import socket
import zlib
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
import zstandard

from tests.living.conftest import NOW, Datadog

ONE = {"message": "hello", "ddsource": "nginx", "service": "shop", "hostname": "h1", "ddtags": "env:a,team:b"}
PATHS = ["/api/v2/logs", "/v1/input", "/v1/input/abc", "/api/v1/input"]


def _raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "": lambda data: data,
    "identity": lambda data: data,
    "gzip": gzip.compress,
    "GZIP": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": _raw_deflate,
    "zstd": zstandard.ZstdCompressor().compress,
    "zstd1": zstandard.ZstdCompressor().compress,
    "zstd, gzip": lambda data: gzip.compress(zstandard.ZstdCompressor().compress(data)),
}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_log_arrives_by_every_path_and_encoding(datadog: Datadog, path: str, encoding: str) -> None:
    body = ENCODINGS[encoding](json.dumps([ONE]).encode())
    response = datadog.send(path, body, {"Content-Type": "application/json", "content-encoding": encoding})
    assert (response.status, response.json()) == (202 if path.startswith("/api/v2") else 200, {})
    (log,) = datadog.logs()
    assert log["message"] == "hello"
    assert (log["service"], log["host"], log["status"]) == ("shop", "h1", "info")
    assert log["tags"][:3] == ["source:nginx", "env:a", "team:b"]


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "zstd", "br"])
def test_a_broken_or_unknown_encoding_is_refused(datadog: Datadog, encoding: str) -> None:
    for body in (b"plain", b"\x28\xb5\x2f\xfd", gzip.compress(b"[]")[:-9]):
        assert datadog.send("/api/v2/logs", body, {"content-encoding": encoding}).status == 400


def test_a_truncated_or_repeated_frame_of_zstd(datadog: Datadog) -> None:
    pack = zstandard.ZstdCompressor().compress
    two = pack(json.dumps([ONE])[:9].encode()) + pack(json.dumps([ONE])[9:].encode())
    assert datadog.send("/api/v2/logs", two, {"content-encoding": "zstd"}).status == 202
    assert datadog.send("/api/v2/logs", two[:-1], {"content-encoding": "zstd"}).status == 400
    assert len(datadog.logs()) == 1


@pytest.mark.parametrize(
    ("content_type", "body", "messages"),
    [
        ("application/json", b'[{"message":"a"},{"message":"b"}]', ["a", "b"]),
        ("application/json;simple", b'{"message":"a"}', ["a"]),
        ("", b'{"message":"a"}', ["a"]),
        ("application/json", b"{}", []),
        ("application/json", b"[]", []),
        ("application/json", b"[{}]", []),
        ("application/json", b"", []),
        ("application/json", b'["a","b"]', ["a", "b"]),
        ("text/plain", b"hello\nworld\n", ["hello", "world"]),
        ("text/plain", b"one\r\n\r\ntwo", ["one", "two"]),
        ("text/plain;charset=UTF-8", b'{"message":"a"}\n{"message":"b"}', ["a", "b"]),
        ("text/plain", b"[2026-05-04] started", ["[2026-05-04] started"]),
        ("text/plain", b"{not json", ["{not json"]),
        ("application/x-ndjson", b'{"message":"a"}\n{"message":"b"}', ["a", "b"]),
        ("application/logplex-1", b"one", ["one"]),
        ("application/logplex-1", b"13 <13>1 - - - -9 <13>later", ["<13>1 - - - -", "<13>later"]),
        ("application/json", b"plain text", ["plain text"]),
        ("text/plain", b"caf\xe9", ["caf\ufffd"]),
    ],
)
def test_every_form_of_a_body(datadog: Datadog, content_type: str, body: bytes, messages: list[str]) -> None:
    assert datadog.send("/api/v2/logs", body, {"content-type": content_type}).status == 202
    assert [log["message"] for log in datadog.logs()] == messages


@pytest.mark.parametrize("body", [b'{"message":"a"', b'[{"a":1}', b'{"a":1}\n{"a":2}', b"[{a:1}]"])
def test_broken_json_is_refused(datadog: Datadog, body: bytes) -> None:
    assert datadog.send("/api/v2/logs", body, {"content-type": "application/json"}).status == 400
    assert datadog.logs() == []


def test_the_query_string_speaks_for_what_a_log_does_not_say_itself(datadog: Datadog) -> None:
    path = "/api/v2/logs?ddsource=java&service=s&hostname=q&ddtags=env:q,team:q&dd-api-key=k"
    assert datadog.send(path, b"a line", {"content-type": "text/plain"}).status == 202
    assert datadog.send(path, json.dumps(ONE).encode(), {"content-type": "application/json"}).status == 202
    line, json_log = datadog.logs()
    assert (line["service"], line["host"]) == ("s", "q")
    assert line["tags"][:3] == ["source:java", "env:q", "team:q"]
    assert (json_log["service"], json_log["host"]) == ("shop", "h1")
    assert json_log["tags"][:5] == ["source:nginx", "env:a", "team:b", "env:q", "team:q"]


def test_reserved_attributes_and_json_in_the_message(datadog: Datadog) -> None:
    datadog.post(
        "/api/v2/logs",
        [
            {"message": "a", "date": "2026-05-04T11:59:00.123Z", "level": "ERR", "dd": {"trace_id": "7"}},
            {
                "message": '{"level":"warn","msg":"x","timestamp":"2026-05-04T11:59:30Z","ddtags":"in:1"}',
                "status": "info",
                "timestamp": 1777895000000,
                "service": "s",
                "ddtags": "out:1",
            },
            {"message": {"message": "deep", "n": 1}},
        ],
    )
    first, second, third = datadog.logs()
    assert (first["timestamp"], first["status"]) == ("2026-05-04T11:59:00.123Z", "error")
    assert first["attributes"]["level"] == "ERR"
    assert (second["timestamp"], second["status"]) == ("2026-05-04T11:59:30.000Z", "warn")
    assert (second["attributes"]["msg"], second["service"]) == ("x", "s")
    assert second["tags"][:2] == ["out:1", "in:1"]
    assert third["attributes"]["n"] == 1
    assert "ddtags" not in second["attributes"]


def test_a_line_of_syslog_says_host_and_service(datadog: Datadog) -> None:
    line = (
        "<134>1 2026-05-04T11:58:07.518272+00:00 lb1 haproxy 31 ID7 "
        '[metas ddsource="proxy" ddtags="env:a,b:\\"c\\""][x@1 k="v"] Health check'
    )
    # As the documentation has syslog-ng send it: the type is a lie.
    assert datadog.send("/api/v2/logs", line.encode(), {"content-type": "application/json"}).status == 202
    (log,) = datadog.logs()
    assert (log["message"], log["host"], log["service"], log["status"]) == (
        "Health check",
        "lb1",
        "haproxy",
        "info",
    )
    assert log["timestamp"] == "2026-05-04T11:58:07.518Z"
    assert log["tags"][:3] == ["source:proxy", "env:a", 'b:"c"']
    assert log["attributes"]["syslog"]["structured_data"] == {"x@1": {"k": "v"}}
    assert log["attributes"]["syslog"]["severity"] == 6


def test_an_older_line_of_syslog_stays_whole(datadog: Datadog) -> None:
    line = "<30>Oct 30 20:24:24 nas qulogd[1]: conn log: x"
    datadog.send("/api/v2/logs", line.encode(), {"content-type": "text/plain"})
    assert datadog.logs()[0]["message"] == line


def test_limits_of_payload_message_tags_and_age(datadog: Datadog) -> None:
    assert datadog.send("/api/v2/logs", b"x" * 5_000_001).status == 413
    assert (
        datadog.send("/api/v2/logs", gzip.compress(b"x" * 6_000_000), {"content-encoding": "gzip"}).status
        == 413
    )
    hour = 3_600_000
    moment = int(NOW.timestamp() * 1000)
    datadog.post(
        "/api/v2/logs",
        [
            {"message": "é" * 600_000},
            {"message": "b", "ddtags": ",".join(f"t{number}:{'x' * 300}" for number in range(120))},
            {"message": "old", "timestamp": moment - 19 * hour},
            {"message": "recent", "timestamp": moment - 17 * hour},
        ],
    )
    found = {log["message"][:6]: log for log in datadog.logs()}
    assert set(found) == {"éééééé", "b", "recent"}
    assert len(found["éééééé"]["message"].encode()) == 1_000_000
    tags = found["b"]["tags"]
    assert len([tag for tag in tags if tag.startswith("t")]) == 100 and max(map(len, tags)) == 256
    assert datadog.health["counts"]["logs_dropped_for_age"] == 1


def test_a_log_without_attributes_of_its_own_says_so(datadog: Datadog) -> None:
    datadog.post("/api/v2/logs", [{"message": "a", "hostname": "h"}, {"message": "b", "user": "u"}])
    plain, other = datadog.logs()
    assert "datadog.pipelines:false" in plain["tags"]
    assert "datadog.pipelines:false" not in other["tags"]


def _exchange(url: str, head: str, body: bytes = b"") -> bytes:
    address = urlsplit(url)
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        connection.sendall(head.replace("\n", "\r\n").encode() + b"\r\n\r\n" + body)
        return connection.makefile("rb").read()


def test_a_body_in_pieces(url: str, datadog: Datadog) -> None:
    data = json.dumps([ONE]).encode()
    pieces = (
        b"5;x=y\r\n"
        + data[:5]
        + b"\r\n"
        + f"{len(data) - 5:X}\r\n".encode()
        + data[5:]
        + b"\r\n0\r\nA: b\r\n\r\n"
    )
    head = "POST /api/v2/logs HTTP/1.1\nhost: x\ntransfer-encoding: chunked\nconnection: close"
    assert b" 202 " in _exchange(url, head, pieces)
    assert [log["message"] for log in datadog.logs()] == ["hello"]


def test_browsers_may_send(url: str) -> None:
    reply = _exchange(url, "OPTIONS /api/v2/logs HTTP/1.1\nhost: x\nconnection: close")
    assert b" 204 " in reply and b"access-control-allow-origin: *" in reply
    assert b" 200 " in _exchange(url, "HEAD /api/v2/logs HTTP/1.1\nhost: x\nconnection: close")
    sent = _exchange(
        url,
        "POST /api/v2/logs?dd-api-key=pub HTTP/1.1\nhost: x\nconnection: close\ncontent-length: 15",
        b'{"message":"a"}',
    )
    assert b"access-control-allow-origin: *" in sent
