"""The server answers this machine alone, and only to its own name."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from threading import Thread

import pytest

from ddconf.errors import DdconfError
from ddconf.preview.server import Server
from ddconf.preview.site import Site
from tests.preview.test_site import MATERIAL

QUESTION = json.dumps({"samples": ["order a 1"], "edits": []})
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    site = Site(MATERIAL)
    with Server(lambda: site) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield running
        running.shutdown()


def ask(
    server: Server, method: str, target: str, headers: dict[str, str] | None = None, body: str | None = None
) -> HTTPResponse:
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.request(method, target, body, headers or {})
    response = connection.getresponse()
    response.body = response.read().decode()  # type: ignore[attr-defined]
    return response


def test_it_listens_on_the_loopback_address_alone(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"
    with socket.socket() as other:
        other.settimeout(1)
        assert other.connect_ex(("127.0.0.2", server.server_address[1])) != 0


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_its_own_name_is_answered(server: Server, name: str) -> None:
    response = ask(server, "GET", "/", {"Host": f"{name}:{server.server_address[1]}"})
    assert response.status == 200
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    assert response.headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "name",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1.evil.example:{port}", ""],
)
@pytest.mark.parametrize("method", ["GET", "POST", "HEAD"])
def test_any_other_name_is_refused(server: Server, name: str, method: str) -> None:
    host = name.format(port=server.server_address[1])
    response = ask(
        server, method, "/pipeline/shop", {"Host": host, **JSON}, QUESTION if method == "POST" else None
    )
    assert response.status == 421
    assert "order" not in response.body  # type: ignore[attr-defined]


def test_two_names_are_refused(server: Server) -> None:
    own = f"Host: 127.0.0.1:{server.server_address[1]}\r\n"
    with socket.create_connection(("127.0.0.1", server.server_address[1]), timeout=10) as raw:
        raw.sendall(f"GET / HTTP/1.1\r\n{own}Host: evil.example\r\n\r\n".encode())
        assert raw.recv(100).startswith(b"HTTP/1.1 421")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/x-www-form-urlencoded"},
        JSON | {"Origin": "http://evil.example"},
        JSON | {"Origin": "null"},
        JSON | {"Origin": "https://127.0.0.1"},
    ],
)
def test_a_page_of_another_origin_cannot_post(server: Server, headers: dict[str, str]) -> None:
    assert ask(server, "POST", "/pipeline/shop", headers, QUESTION).status == 403


def test_its_own_page_can_post(server: Server) -> None:
    response = ask(server, "POST", "/pipeline/shop", JSON | {"Origin": server.url}, QUESTION)
    assert response.status == 200
    assert "match: order" in response.body  # type: ignore[attr-defined]


def test_too_much_is_refused_unread(server: Server) -> None:
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest("POST", "/pipeline/shop")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", "99999999999")
    connection.endheaders()
    assert connection.getresponse().status == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "TRACE"])
def test_other_methods_are_not_there(server: Server, method: str) -> None:
    assert ask(server, method, "/").status == 501


def test_mistakes_in_the_definitions_are_shown_on_the_page() -> None:
    def broken() -> Site:
        raise DdconfError("line 3: <b>wrong</b>")

    with Server(broken) as running:
        Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        response = ask(running, "GET", "/")
        running.shutdown()
    assert response.status == 500
    assert "&lt;b&gt;wrong&lt;/b&gt;" in response.body  # type: ignore[attr-defined]
