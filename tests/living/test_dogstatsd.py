"""DogStatsD: datagrams in, series as an Agent would send them out."""

from __future__ import annotations

import socket
import time

import pytest

from ddconf.living.dogstatsd import listen, take_datagram
from ddconf.living.events import CheckRun, Event
from ddconf.living.intake.dogstatsd import Sample, read_datagram
from ddconf.living.sketch import Sketch
from tests.living.conftest import SECOND, Datadog


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.b:1|c", Sample("a.b", "count", ("1",))),
        ("a.b:1:2:3|d|#env:A,x", Sample("a.b", "distribution", ("1", "2", "3"), ("env:a", "x"))),
        ("a:2.5|g|@0.5|#host:h,t", Sample("a", "gauge", ("2.5",), ("t",), "h", 0.5)),
        ("a:9|ms|c:ci-1|T1656581400", Sample("a", "histogram", ("9",), timestamp=1656581400)),
        ("a:user-1|s", Sample("a", "set", ("user-1",))),
        ("_e{3,4}:abc|d\\ne|d:7|h:web|k:key|p:low|s:src|t:error|#a:b,c",
         Event("abc", "d\ne", 7, ("a:b", "c"), "web", "error", "low", "src", "key")),
        ("_e{2,3}:é|a|b|t:info", Event("é", "a|b", 100)),
        ("_sc|app.up|2|d:7|h:web|#a:b|m:no: way|x", CheckRun("app.up", 2, 7, ("a:b",), "web", "no: way|x")),
    ],
)  # fmt: skip
def test_every_kind_of_line(line: str, said: object) -> None:
    assert list(read_datagram(line.encode(), 100)) == [said]


@pytest.mark.parametrize("line", ["", "a", "a:1", "a:x|c", "a:1|z", "_e{9,9}:a|b", "_sc|a|7", "a:1|c|@0"])
def test_a_line_that_cannot_be_read_hides_no_other(line: str) -> None:
    assert list(read_datagram(f"{line}\nb:1|c\n".encode(), 0)) == [Sample("b", "count", ("1",))]


def test_samples_are_added_up_as_an_agent_does(datadog: Datadog) -> None:
    for line in (
        b"hits:1|c|#e:a\nhits:2|c|@0.5|#e:a\nload:1|g\nload:7|g",
        b"users:ann|s\nusers:bob|s\nusers:ann|s\ntook:1:2:3|h\nsize:5:6|d",
    ):
        take_datagram(datadog.living.sandbox, line)
    start = SECOND - SECOND % 10
    expected = {
        "hits": {("e:a",): {start: 0.5}},
        "load": {(): {start: 7.0}},
        "users": {(): {start: 2.0}},
        "size": {(): {start: Sketch.of([5, 6])}},
    }
    assert {name: datadog.points(name) for name in expected} == expected
    kinds = {name: datadog.living.sandbox.metrics.series(name)[0].kind for name in expected}
    assert kinds == {"hits": "rate", "load": "gauge", "users": "gauge", "size": "distribution"}
    names = ("count", "avg", "max", "median", "95percentile")
    histograms = [datadog.points(f"took.{name}") for name in names]
    assert [next(iter(found[()].values())) for found in histograms] == [0.3, 2.0, 3.0, 2.0, 3.0]


def test_a_step_that_is_not_over_is_counted_on(datadog: Datadog) -> None:
    for _ in range(3):
        take_datagram(datadog.living.sandbox, b"hits:1|c")
        datadog.living.sandbox.flush_statsd()
    assert list(datadog.points("hits")[()].values()) == [pytest.approx(0.3)]
    datadog.post("/_sandbox/clock", {"advance": "10s"})
    take_datagram(datadog.living.sandbox, b"hits:1|c")
    assert list(datadog.points("hits")[()].values()) == [pytest.approx(0.3), pytest.approx(0.1)]


def test_the_udp_port(datadog: Datadog) -> None:
    with (
        listen(datadog.living.sandbox, port=0) as port,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender,
    ):
        sender.sendto(b"hits:5|c", ("127.0.0.1", port))
        for _ in range(1000):
            if datadog.health["counts"].get("datagrams"):
                break
            time.sleep(0.01)
    assert list(datadog.points("hits")[()].values()) == [0.5]
