"""An emulated organisation to talk to: in the process, and through a socket."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from ddconf.emulator.app import App
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response

KEYS = {"DD-API-KEY": "key", "DD-APPLICATION-KEY": "app-key"}


class Clock:
    """A clock that moves on by a second whenever it is read."""

    def __init__(self) -> None:
        self.now = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Api:
    """An app and short words for asking it."""

    app: App

    def send(self, method: str, path: str, body: Any = None) -> Response:
        data = b"" if body is None else json.dumps(body).encode()
        return self.app.handle(Request(method, path, KEYS, data))

    def get(self, path: str) -> Any:
        return self.good(self.send("GET", path))

    def post(self, path: str, body: Any) -> Any:
        return self.good(self.send("POST", path, body))

    def put(self, path: str, body: Any) -> Any:
        return self.good(self.send("PUT", path, body))

    def patch(self, path: str, body: Any) -> Any:
        return self.good(self.send("PATCH", path, body))

    def delete(self, path: str, body: Any = None) -> Any:
        return self.good(self.send("DELETE", path, body))

    def refused(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Status and body of an answer that must be an error."""
        response = self.send(method, path, body)
        assert response.status >= 400, response
        return response.status, response.json()

    @staticmethod
    def good(response: Response) -> Any:
        assert response.status < 300, response
        return response.json()


@pytest.fixture
def api() -> Api:
    return Api(App(Store(seed=1), clock=Clock()))


@pytest.fixture
def url(api: Api) -> Iterator[str]:
    with serve(api.app) as address:
        yield address
