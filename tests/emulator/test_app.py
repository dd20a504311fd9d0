"""The app's front: keys, unknown addresses, bodies that are none, limits, the log."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ddconf.emulator.app import App, Exchange, RequestRules
from ddconf.emulator.limit import RateLimit
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request
from tests.emulator.conftest import KEYS, Api


def ask(app: App, headers: dict[str, str], path: str = "/api/v1/monitor") -> int:
    return app.handle(Request("GET", path, headers)).status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"DD-API-KEY": "a"}, 403),
        ({"DD-API-KEY": "a", "DD-APPLICATION-KEY": "b"}, 200),
        ({"dd-api-key": "a", "dd-application-key": "b"}, 200),
        ({"Authorization": "Bearer token"}, 200),
    ],
)
def test_a_request_needs_both_keys_or_a_token(headers: dict[str, str], status: int) -> None:
    assert ask(App(Store()), headers) == status


def test_only_the_named_keys_are_good_when_some_are_named() -> None:
    app = App(Store(), rules=RequestRules(keys={"good"}))
    assert ask(app, {"DD-API-KEY": "good", "DD-APPLICATION-KEY": "b"}) == 200
    assert ask(app, {"DD-API-KEY": "bad", "DD-APPLICATION-KEY": "b"}) == 403


def test_no_keys_are_needed_where_none_are_required() -> None:
    assert ask(App(Store(), rules=RequestRules(require_keys=False)), {}) == 200


def test_validate_tells_whether_the_api_key_is_good() -> None:
    app = App(Store(), rules=RequestRules(keys={"good"}))
    assert ask(app, {"DD-API-KEY": "good"}, "/api/v1/validate") == 200
    assert ask(app, {"DD-API-KEY": "bad"}, "/api/v1/validate") == 403
    assert ask(app, {}, "/api/v1/validate") == 403


@pytest.mark.parametrize(("method", "path"), [("GET", "/api/v1/nothing"), ("PATCH", "/api/v1/monitor")])
def test_an_unknown_method_or_path_is_not_found(api: Api, method: str, path: str) -> None:
    assert api.refused(method, path) == (404, {"errors": ["Not found"]})


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[]", b'"text"', b"null", b'{"data": 3}'])
@pytest.mark.parametrize(
    "path",
    ["/api/v1/monitor", "/api/v1/dashboard", "/api/v1/slo", "/api/v2/team", "/api/v1/logs/config/indexes"],
)
def test_a_body_that_makes_no_sense_is_refused(api: Api, path: str, body: bytes) -> None:
    assert api.app.handle(Request("POST", path, KEYS, body)).status == 400


def test_the_log_tells_every_exchange(api: Api) -> None:
    api.get("/api/v1/monitor?page=0")
    api.refused("GET", "/api/v1/monitor/1")
    assert api.app.log == [
        Exchange("GET", "/api/v1/monitor?page=0", 200),
        Exchange("GET", "/api/v1/monitor/1", 404),
    ]


def test_every_answer_tells_the_rate_limit() -> None:
    app = App(
        Store(),
        rules=RequestRules(limit=RateLimit(limit=10, period=60, name="lists")),
        clock=lambda: datetime(2026, 1, 1, tzinfo=UTC),
    )
    headers = app.handle(Request("GET", "/api/v1/monitor", KEYS)).headers
    assert headers["x-ratelimit-limit"] == "10"
    assert headers["x-ratelimit-remaining"] == "9"
    assert headers["x-ratelimit-period"] == "60"
    assert headers["x-ratelimit-reset"] == "60"
    assert headers["x-ratelimit-name"] == "lists"


def test_a_spent_budget_answers_429_until_the_next_period() -> None:
    second = [0]
    app = App(
        Store(),
        rules=RequestRules(limit=RateLimit(limit=2, period=10)),
        clock=lambda: datetime.fromtimestamp(1000 + second[0], UTC),
    )
    assert [ask(app, KEYS) for _ in range(4)] == [200, 200, 429, 429]
    assert app.handle(Request("GET", "/api/v1/monitor", KEYS)).headers["x-ratelimit-remaining"] == "0"
    second[0] = 10
    assert ask(app, KEYS) == 200


def test_the_hook_sees_both_boundaries_of_every_request() -> None:
    seen: list[tuple[str, str, int]] = []
    store = Store()
    app = App(
        store, hook=lambda moment, request: seen.append((moment, request.method, len(store.ids("team"))))
    )
    body = b'{"data": {"type": "team", "attributes": {"name": "n", "handle": "h"}}}'
    app.handle(Request("POST", "/api/v2/team", KEYS, body))
    assert seen == [("before", "POST", 0), ("after", "POST", 1)]


def test_validation_can_be_switched_off() -> None:
    body = b'{"title": 5, "widgets": "none"}'
    assert App(Store()).handle(Request("POST", "/api/v1/dashboard", KEYS, body)).status == 400
    lenient = App(Store(), rules=RequestRules(validate=False))
    assert lenient.handle(Request("POST", "/api/v1/slo", KEYS, b"[]")).status == 400
    body = b'{"title": "t", "layout_type": "new", "widgets": []}'
    assert lenient.handle(Request("POST", "/api/v1/dashboard", KEYS, body)).status == 200
