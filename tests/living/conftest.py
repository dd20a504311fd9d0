"""A living organisation to send to: its clock stands still, its data are in memory."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response
from ddconf.living.app import LivingApp, living
from ddconf.living.clock import Clock
from ddconf.living.sandbox import SandboxSettings

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking"
NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
KEY = {"DD-API-KEY": "key"}
SECOND = int(NOW.timestamp())


@dataclass(frozen=True)
class Datadog:
    """Short words for sending to a living organisation and for asking it."""

    living: LivingApp

    def send(
        self, path: str, body: bytes, headers: Mapping[str, str] | None = None, method: str = "POST"
    ) -> Response:
        return self.living.app.handle(Request(method, path, {**KEY, **(headers or {})}, body))

    def post(self, path: str, body: Any, method: str = "POST") -> Any:
        response = self.send(path, json.dumps(body).encode(), {"content-type": "application/json"}, method)
        assert response.status < 300, response
        return response.json()

    def get(self, path: str) -> Any:
        response = self.send(path, b"", method="GET")
        assert response.status == 200, response
        return response.json()

    def logs(self, query: str = "*", **filter: Any) -> list[dict[str, Any]]:
        """The attributes of the logs that a search finds, oldest first."""
        asked = {"query": query, "from": "now-30d", "to": "now+1d", **filter}
        found = self.post("/api/v2/logs/events/search", {"filter": asked, "page": {"limit": 1000}})
        return [item["attributes"] for item in found["data"]]

    def points(self, name: str) -> dict[tuple[str, ...], dict[int, Any]]:
        """Points by second of each series of a metric, by its tags."""
        metrics = self.living.sandbox.metrics
        self.living.sandbox.flush_statsd()
        return {
            series.tags: dict(points) for series, points in metrics.points(metrics.series(name), 0, 2**40)
        }

    @property
    def health(self) -> Any:
        return self.get("/_sandbox/health")


@pytest.fixture
def settings() -> SandboxSettings:
    return SandboxSettings()


@pytest.fixture
def datadog(settings: SandboxSettings) -> Iterator[Datadog]:
    with living(Store(seed=1), clock=Clock(NOW), settings=settings) as made:
        yield Datadog(made)


@pytest.fixture
def url(datadog: Datadog) -> Iterator[str]:
    with serve(datadog.living.app) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    pytest.importorskip("selenium", reason="no selenium (PyPI)")
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        pytest.skip("no chromium with its driver on this machine")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = str(shutil.which("chromium"))
    for flag in _FLAGS.split():
        options.add_argument(flag)
    driver = Chrome(options, Service(str(shutil.which("chromedriver"))))
    yield driver
    driver.quit()
