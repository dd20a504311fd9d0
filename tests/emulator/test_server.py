"""The socket: HTTP/1.1 with kept connections, many at once, and faults that only a wire can show."""

from __future__ import annotations

import http.client
import json
import threading
import time
from urllib.parse import urlsplit

import pytest

from ddconf.emulator import faults
from ddconf.emulator.app import App
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from tests.emulator.conftest import KEYS, Api


def connect(url: str) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(urlsplit(url).netloc, timeout=5)


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: object = None
) -> tuple[int, bytes]:
    headers = {**KEYS, "Content-Type": "application/json"}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    response = connection.getresponse()
    return response.status, response.read()


def test_one_connection_serves_many_requests(url: str) -> None:
    connection = connect(url)
    connection.connect()
    port = connection.sock.getsockname()[1]
    made = json.loads(ask(connection, "POST", "/api/v1/dashboard/lists/manual", {"name": "l"})[1])
    assert ask(connection, "GET", f"/api/v1/dashboard/lists/manual/{made['id']}")[0] == 200
    assert ask(connection, "DELETE", f"/api/v1/dashboard/lists/manual/{made['id']}")[0] == 200
    assert ask(connection, "GET", f"/api/v1/dashboard/lists/manual/{made['id']}")[0] == 404
    assert connection.sock.getsockname()[1] == port


def test_an_answer_without_a_body_keeps_the_connection_in_step(api: Api, url: str) -> None:
    team = api.post("/api/v2/team", {"data": {"type": "team", "attributes": {"name": "n", "handle": "h"}}})
    connection = connect(url)
    assert ask(connection, "DELETE", f"/api/v2/team/{team['data']['id']}") == (204, b"")
    assert ask(connection, "GET", "/api/v1/slo")[0] == 200


def test_a_request_is_quick(url: str) -> None:
    connection = connect(url)
    ask(connection, "GET", "/api/v1/slo")
    start = time.perf_counter()
    for _ in range(50):
        ask(connection, "GET", "/api/v1/slo")
    assert (time.perf_counter() - start) / 50 < 0.02


def test_32_connections_are_served_at_once(url: str) -> None:
    statuses: list[int] = []

    def work() -> None:
        connection = connect(url)
        statuses.extend(
            ask(connection, "POST", "/api/v1/dashboard/lists/manual", {"name": "l"})[0] for _ in range(5)
        )

    threads = [threading.Thread(target=work) for _ in range(32)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [200] * 160


def test_a_reset_is_seen_as_a_broken_connection(api: Api, url: str) -> None:
    api.app.faults.on(faults.reset())
    with pytest.raises((ConnectionError, http.client.RemoteDisconnected)):
        ask(connect(url), "POST", "/api/v1/dashboard/lists/manual", {"name": "l"})
    assert len(api.app.store.ids("dashboard_list")) == 1


def test_a_slow_body_arrives_whole(api: Api, url: str) -> None:
    api.app.faults.on(faults.slow(0.2))
    start = time.perf_counter()
    status, body = ask(connect(url), "GET", "/api/v2/permissions")
    assert (status, json.loads(body)) == (200, {"data": []})
    assert time.perf_counter() - start >= 0.2


def test_a_slow_answer_does_not_hold_up_others(api: Api, url: str) -> None:
    api.app.faults.on(faults.slow(1.0))
    slow = threading.Thread(target=ask, args=(connect(url), "GET", "/api/v1/slo"))
    slow.start()
    while not api.app.log:
        time.sleep(0.005)
    start = time.perf_counter()
    assert ask(connect(url), "GET", "/api/v1/slo")[0] == 200
    assert time.perf_counter() - start < 0.5
    slow.join()


def test_a_defect_of_the_emulator_is_a_500() -> None:
    def broken() -> None:
        raise RuntimeError("no clock")

    with serve(App(Store(), clock=broken)) as url:  # type: ignore[arg-type]
        assert ask(connect(url), "GET", "/api/v1/slo")[0] == 500


def test_two_apps_have_two_ports() -> None:
    with serve(App(Store())) as first, serve(App(Store())) as second:
        assert first != second
        assert first.startswith("http://127.0.0.1:")
