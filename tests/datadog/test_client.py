"""The client against a server that misbehaves in every way it must survive."""

from __future__ import annotations

import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ddconf.datadog.http import client as client_module
from ddconf.datadog.http import official_client
from ddconf.datadog.http.client import Client
from ddconf.datadog.http.credentials import Credentials
from ddconf.datadog.http.retry_settings import Retry
from ddconf.datadog.http.transport import NoAnswer, answer_of
from ddconf.errors import ApiError
from tests.datadog.stub import Got, Reply, script, served

KEY, APP = "0123456789abcdef-api", "fedcba9876543210-app"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "RETRY", Retry(multiplier=0.002))
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def connected(url: str, **options: Any) -> Client:
    return Client(Credentials(url, "example.com", KEY, APP), **{"timeout": 5.0, **options})


def refusal(client: Client, method: str = "GET", **options: Any) -> ApiError:
    with pytest.raises(ApiError) as caught:
        client.request(method, "/api/v1/thing", **options)
    return caught.value


def test_a_request_carries_both_keys_and_its_parameters() -> None:
    with served(script(Reply(body={"ok": True}))) as stub:
        assert connected(stub.url).request("GET", "/api/v1/thing", {"page[size]": "2"}) == {"ok": True}
    got = stub.got[0]
    assert got.headers["DD-API-KEY"] == KEY
    assert got.headers["DD-APPLICATION-KEY"] == APP
    assert got.headers["User-Agent"].startswith("ddconf/")
    assert got.headers["X-Datadog-Managed-By"] == "iac"
    assert got.path == "/api/v1/thing?page%5Bsize%5D=2"


def test_a_bearer_token_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DD_API_KEY", "a key of the environment")
    with served(script(Reply(body={}))) as stub:
        Client(Credentials(stub.url, "s", bearer="a-bearer-token")).request("GET", "/x")
    assert stub.got[0].headers["Authorization"] == "Bearer a-bearer-token"
    assert "DD-API-KEY" not in stub.got[0].headers


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_an_empty_answer_is_none(status: int) -> None:
    with served(script(Reply(status))) as stub:
        assert connected(stub.url).request("DELETE", "/x") is None


def test_documents_arrive_as_they_were_sent() -> None:
    document = {
        "text": "Grüße ☃ \ud83d\ude00",
        "big": 2**60,
        "float": 1.0,
        "none": None,
        "empty": {},
        "on": True,
    }
    with served(lambda got: Reply(body=got.body, zipped=True)) as stub:
        answer = connected(stub.url).request("PUT", "/x", body=document)
    assert answer == {**document, "text": "Grüße ☃ 😀"}
    assert isinstance(answer["float"], float)


@pytest.mark.parametrize(
    "failure",
    [
        Reply(500, {"errors": ["oops"]}),
        Reply(502, raw=b"<html><title>Bad Gateway</title></html>"),
        Reply(504),
        Reply(reset=True),
        Reply(200, raw=b"<html>a login page</html>"),
        Reply(200, {"a": 1}, cut=True),
        Reply(200, raw=b'{"a": NaN}'),
        Reply(200, raw=b"[" * 100_000),
    ],
    ids=["500", "html-502", "504", "reset", "html-200", "cut-off", "nan", "deep"],
)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_what_can_be_repeated_is_repeated(method: str, failure: Reply) -> None:
    with served(script(failure, failure, Reply(body={"done": 1}))) as stub:
        client = connected(stub.url)
        assert client.request(method, "/x") == {"done": 1}
    assert client.requests == len(stub.got) == 3


@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize(
    "failure",
    [Reply(500), Reply(504), Reply(reset=True), Reply(200, raw=b"<html>"), Reply(201, {}, cut=True)],
)
def test_a_create_is_never_repeated_after_it_was_sent(method: str, failure: Reply) -> None:
    with served(script(failure, Reply(body={}))) as stub:
        error = refusal(connected(stub.url), method, body={"name": "x"})
    assert error.lost
    assert len(stub.got) == 1


def test_a_create_is_repeated_when_told_that_it_is_safe() -> None:
    with served(script(Reply(500), Reply(body={"ok": 1}))) as stub:
        assert connected(stub.url).request("PATCH", "/x", body={}, repeatable=True) == {"ok": 1}


def test_a_create_that_is_refused_is_not_lost() -> None:
    with served(script(Reply(400, {"errors": ["The name is taken"]}))) as stub:
        error = refusal(connected(stub.url), "POST", body={})
    assert (error.status, error.errors, error.lost) == (400, ("The name is taken",), False)


def test_a_create_that_is_limited_is_repeated() -> None:
    limited = Reply(429, raw=b"<html>slow down</html>", headers={"X-RateLimit-Reset": "0"})
    with served(script(limited, limited, Reply(body={"id": 1}))) as stub:
        assert connected(stub.url).request("POST", "/x", body={}) == {"id": 1}
    assert len(stub.got) == 3


def test_a_refused_connection_is_tried_again_and_then_told() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
    client = connected(url)
    error = refusal(client, "POST", body={})
    assert (error.status, error.lost) == (0, False)
    assert client.requests == client_module.CONNECT_TRIES
    assert "DD_HOST" in str(error)


def test_a_server_that_is_silent_is_given_up() -> None:
    with served(script(Reply(body={}, delay=1.0))) as stub:
        error = refusal(connected(stub.url, timeout=0.05), "POST", body={})
    assert error.lost
    assert "within 0.05 s" in str(error)


def test_a_body_that_trickles_is_given_up() -> None:
    with served(script(Reply(raw=b" " * 200 + b"{}", drip=0.01))) as stub:
        started = time.monotonic()
        error = refusal(connected(stub.url, timeout=0.05), "POST", body={})
    assert error.status == 0
    assert time.monotonic() - started < 1.5


def test_the_patience_ends_all_repeats() -> None:
    with served(script(Reply(503, headers={"Retry-After": "0.05"}))) as stub:
        error = refusal(connected(stub.url, retry=Retry(patience=0.08, multiplier=0.001)))
    assert error.status == 503
    assert len(stub.got) < Retry().tries


def test_a_redirect_does_not_carry_the_keys_away() -> None:
    with served(script(Reply(body={}))) as other:
        moved = Reply(302, headers={"Location": f"{other.url}/x"})
        with served(script(moved)) as stub:
            error = refusal(connected(stub.url))
    assert error.status == 302
    assert other.got == []


@pytest.mark.parametrize(
    ("body", "errors"),
    [
        ({"errors": ["a", "b", "a"]}, ("a", "b")),
        ({"errors": [{"title": "Invalid", "detail": "no name", "status": "400"}]}, ("Invalid: no name",)),
        ({"errors": [{"detail": "bad", "source": {"pointer": "/data/id"}}]}, ("bad (/data/id)",)),
        (
            {"error": {"code": "InvalidArgument", "message": "Non existing pipeline"}},
            ("Non existing pipeline",),
        ),
        ({"error": {"message": "bad", "details": [{"message": "here"}]}}, ("bad", "here")),
        ({"data": None}, ()),
        ({"errors": ["two\nlines\x1b[31m"]}, ("two lines [31m",)),
    ],
)
def test_every_shape_of_error_is_read(body: Any, errors: tuple[str, ...]) -> None:
    with served(script(Reply(400, body))) as stub:
        assert refusal(connected(stub.url)).errors == errors


def test_an_error_page_is_told_by_its_title() -> None:
    with served(script(Reply(404, raw=b"<html><head><title>Not\n here</title></head></html>"))) as stub:
        assert refusal(connected(stub.url)).errors == ("the answer is not JSON: Not here",)


def test_a_body_that_is_no_text_is_an_api_error() -> None:
    with served(script(Reply(400, raw=b"\xff\xfe\xfa"))) as stub:
        assert refusal(connected(stub.url), "POST").status in (0, 400)


def test_an_error_names_the_variable_that_says_where_requests_go() -> None:
    with served(script(Reply(401, {"errors": ["Forbidden"]}))) as stub:
        assert f"DD_HOST (now {stub.url})" in str(refusal(connected(stub.url)))
    site = Client(Credentials("https://api.datadoghq.eu", "datadoghq.eu", KEY, APP), wire=Silent())
    assert "DD_SITE (now datadoghq.eu)" in str(refusal(site))


class Silent:
    """Nobody answers."""

    def send(self, *_request: Any) -> Any:
        raise NoAnswer("no connection", sent=False)

    def close(self) -> None: ...


@pytest.mark.parametrize(("status", "hint"), [(401, "DD_API_KEY"), (403, "DD_APP_KEY")])
def test_a_refusal_of_the_keys_says_which_to_look_at(status: int, hint: str) -> None:
    with served(script(Reply(status, {"errors": ["Forbidden"]}))) as stub:
        assert hint in str(refusal(connected(stub.url)))


def test_no_message_shows_a_secret() -> None:
    lines: list[str] = []
    echo = {"errors": [f"bad key {KEY} or {APP}", "password hunter22 is too short"]}
    with served(script(Reply(400, echo))) as stub:
        client = connected(stub.url, debug=lines.append)
        client.hide("hunter22")
        error = refusal(client, "POST", body={"password": "hunter22"})
    shown = f"{error} {error.errors} {error.diagnostics} {vars(error)} {lines}"
    assert not any(secret in shown for secret in (KEY, APP, "hunter22"))
    assert "bad key *** or ***" in shown


def test_connections_are_kept_and_no_more_than_the_workers() -> None:
    with served(script(Reply(body={}, delay=0.002))) as stub:
        client = connected(stub.url, workers=4)
        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda _: client.request("GET", "/x"), range(60)))
    assert stub.connections <= 4
    assert client.requests == 60


def test_without_a_proxy_in_the_environment_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.lower().endswith("_proxy")]:
        monkeypatch.delenv(name)
    monkeypatch.setitem(sys.modules, "urllib.request", None)
    monkeypatch.setattr(sys, "platform", "linux")
    assert official_client.proxy_for("https://api.datadoghq.com") == (None, None)
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(ImportError):
        official_client.proxy_for("https://api.datadoghq.com")


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    with served(script(Reply(body={"by": "proxy"}))) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//user:pass@"))
        monkeypatch.setenv("no_proxy", "")
        answer = connected("http://datadog.invalid").request("GET", "/x")
    assert answer == {"by": "proxy"}
    assert proxy.got[0].path == "http://datadog.invalid/x"
    assert proxy.got[0].headers["proxy-authorization"].startswith("Basic ")


@pytest.fixture
def limited() -> Iterator[Any]:
    """A server that allows five requests per 0.6 s, and refuses the rest."""
    state = {"ends": 0.0, "left": 0}
    lock = threading.Lock()

    def answer(_got: Got) -> Reply:
        with lock:
            now = time.monotonic()
            if now >= state["ends"]:
                state.update(ends=now + 0.6, left=5)
            refused = state["left"] <= 0
            state["left"] -= 0 if refused else 1
            headers = {
                "X-RateLimit-Name": "things",
                "X-RateLimit-Limit": "5",
                "X-RateLimit-Remaining": str(int(state["left"])),
                "X-RateLimit-Reset": f"{state['ends'] - now:.3f}",
            }
        return Reply(429 if refused else 200, {}, headers)

    with served(answer) as stub:
        yield stub


def test_workers_share_one_budget_and_hardly_ever_run_into_the_limit(limited: Any) -> None:
    waits: list[tuple[float, str]] = []
    client = connected(limited.url, workers=8, on_wait=lambda seconds, why: waits.append((seconds, why)))
    client.request("GET", "/things/0", route="/things/{id}")
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: client.request("GET", f"/things/{n}", route="/things/{id}"), range(14)))
    assert client.requests <= 15 + 2
    assert 1 <= len(waits) <= 4
    assert all(0 < seconds <= 0.65 and "things" in why for seconds, why in waits)


def test_a_limit_that_lasts_longer_than_the_patience_is_told_at_once() -> None:
    reply = Reply(429, {"errors": ["Too many requests"]}, {"X-RateLimit-Reset": "3600"})
    with served(script(reply)) as stub:
        started = time.monotonic()
        error = refusal(connected(stub.url))
    assert "3600 s" in str(error)
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("raw", [b'{"a": "x\\ud83d"}', b'{"a": "x\\udc00"}'])
def test_half_a_surrogate_pair_becomes_a_question_mark(raw: bytes) -> None:
    assert answer_of(200, {}, raw).body == {"a": "x?"}
    assert answer_of(200, {}, b'{"a": "\\ud83d\\ude00"}').body == {"a": "\U0001f600"}


def test_stopping_ends_a_wait(limited: Any) -> None:
    del limited
    with served(script(Reply(429, {}, {"X-RateLimit-Reset": "60"}))) as stub:
        client = connected(stub.url)
        threading.Timer(0.05, client.stop).start()
        error = refusal(client, "POST", body={})
    assert "interrupted" in str(error)
    assert not error.lost
