"""A page in a browser, foreign or under our own name, neither reads nor changes a served organisation."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

import pytest

from ddconf.emulator.app import App
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.living.app import living

MONITOR = json.dumps({"name": "m", "type": "query alert", "query": "avg(last_5m):avg:a{*} > 1"})
KEYS = {"DD-API-KEY": "a" * 32, "DD-APPLICATION-KEY": "b" * 40}
JSON = {"Content-Type": "application/json"}


def ask(url: str, method: str, path: str, headers: dict[str, str], body: str = "") -> int:
    """The status of one request, with no header but these."""
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
    connection.putrequest(method, path, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in {**KEYS, **headers}.items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body.encode())
    response = connection.getresponse()
    response.read()
    connection.close()
    return response.status


@pytest.fixture(params=["emulator", "living"])
def app(request: pytest.FixtureRequest) -> App:
    if request.param == "emulator":
        return App(Store(seed=1))
    made = request.getfixturevalue("living_app")
    assert isinstance(made, App)
    return made


@pytest.fixture
def living_app() -> object:
    with living(Store(seed=1)) as made:
        yield made.app


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8127", 200),
        ("[::1]:8127", 200),
        ("localhost:8127", 200),
        ("sandbox:8127", 200),
        ("host.docker.internal:8127", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example:8127", 403),
        ("localhost.evil.example", 403),
        ("evil.example.", 403),
    ],
)
def test_a_name_that_somebody_else_can_own_is_refused(app: App, host: str, status: int) -> None:
    with serve(app) as url:
        assert ask(url, "GET", "/api/v1/monitor", {"Host": host}) == status
        app.hosts = ("evil.example",)
        assert ask(url, "GET", "/api/v1/monitor", {"Host": "evil.example"}) == 200


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://localhost"])
def test_pages_of_other_origins_are_refused_whatever_they_ask(app: App, method: str, origin: str) -> None:
    with serve(app) as url:
        before = app.store.snapshot()
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST", **JSON}
        for path in ("/api/v1/monitor", "/api/v1/logs/config/pipelines"):
            assert ask(url, method, path, headers, MONITOR if method == "POST" else "") == 403
        assert app.store.snapshot() == before


def test_a_page_of_the_server_itself_may_ask(app: App) -> None:
    with serve(app) as url:
        assert ask(url, "GET", "/api/v1/monitor", {"Origin": url}) == 200
        assert ask(url, "POST", "/api/v1/monitor", {"Origin": url, **JSON}, MONITOR) == 200


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("text/json", 200),
        ("text/plain", 415),
        ("text/plain;charset=UTF-8", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        (None, 415),
    ],
)
def test_a_write_of_configuration_names_a_type_that_no_page_sends_unasked(
    app: App, kind: str | None, status: int
) -> None:
    with serve(app) as url:
        headers = {"Content-Type": kind} if kind else {}
        assert ask(url, "POST", "/api/v1/monitor", headers, MONITOR) == status


def test_definitions_of_a_catalog_may_be_yaml(app: App) -> None:
    with serve(app) as url:
        text = "apiVersion: v3\nkind: service\nmetadata:\n  name: web\n"
        status = ask(url, "POST", "/api/v2/catalog/entity", {"Content-Type": "application/yaml"}, text)
        assert status in (200, 201, 202)


def test_intakes_take_logs_of_pages_and_of_any_type(app: App) -> None:
    with serve(app) as url:
        for kind in ("text/plain", "application/json", "application/x-www-form-urlencoded"):
            headers = {"Content-Type": kind, "Origin": "http://shop.example"}
            assert ask(url, "POST", "/api/v2/logs", headers, '[{"message": "a"}]') == 202


def test_the_controls_of_the_sandbox_are_not_for_foreign_pages(living_app: App) -> None:
    with serve(living_app) as url:
        for path in ("/_sandbox/clock", "/_sandbox/reset"):
            assert ask(url, "POST", path, {"Origin": "http://evil.example"}, '{"advance": "6m"}') == 403
            assert ask(url, "POST", path, {"Host": "evil.example"}, '{"advance": "6m"}') == 403
        assert ask(url, "POST", "/_sandbox/clock", {}, '{"advance": "6m"}') == 200
