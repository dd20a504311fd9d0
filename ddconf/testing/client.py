"""What a test asks of a sandbox: logs, values of metrics, states of monitors, notifications, the clock."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

Found = TypeVar("Found")
_SECONDS = 60


@dataclass(frozen=True)
class FoundLog:
    """A log that a search found; `timestamp` is ISO 8601."""

    id: str
    message: str
    status: str
    timestamp: str
    service: str = ""
    host: str = ""
    tags: tuple[str, ...] = ()
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ToldAlert:
    """A notification; `webhook` is the name of the first webhook that it goes to, `payload` what it posts.

    `transition` is as in Datadog's webhooks: `Triggered`, `Recovered`, `Warn`, `No Data`, `Re-Triggered`.
    """

    monitor: str
    group: str
    transition: str
    title: str
    text: str
    recipients: tuple[str, ...] = ()
    notified: bool = True
    webhook: str = ""
    payload: str = ""


@dataclass(frozen=True)
class SandboxClient:
    """A sandbox that listens at `url`, and takes DogStatsD's datagrams on `dogstatsd`."""

    url: str
    dogstatsd: int = 0

    @property
    def env(self) -> dict[str, str]:
        """What a program needs in its environment to send here: clients of the API, DogStatsD, the Agent."""
        address = self.url.removeprefix("http://")
        return {
            "DD_API_KEY": "sandbox",
            "DD_APP_KEY": "sandbox",
            "DD_HOST": self.url,
            "DATADOG_HOST": self.url,
            "DD_URL": self.url,
            "DD_DD_URL": self.url,
            "DD_LOGS_CONFIG_LOGS_DD_URL": address,
            "DD_LOGS_CONFIG_LOGS_NO_SSL": "true",
            "DD_AGENT_HOST": "127.0.0.1",
            "DD_DOGSTATSD_PORT": str(self.dogstatsd),
        }

    def logs(self, query: str = "*", *, start: str = "now-1d") -> list[FoundLog]:
        """The logs that a search finds, oldest first, up to a thousand."""
        asked = {"query": query, "from": start, "to": "now+1d"}
        body = {"filter": asked, "sort": "timestamp", "page": {"limit": 1000}}
        said = self.ask("/api/v2/logs/events/search", body)
        return [_log(item) for item in said["data"]]

    def metric(self, query: str, *, seconds: int = 3600) -> dict[str, list[float]]:
        """The values of a metric query over the last seconds, by scope: `{"host:a": [1.0, 2.0]}`."""
        now = self.now
        asked = urlencode({"from": now - seconds, "to": now + 60, "query": query})
        said = self.ask(f"/api/v1/query?{asked}")
        return {item["scope"]: [value for _, value in item["pointlist"]] for item in said["series"]}

    def monitor(self, name: str) -> dict[str, Any]:
        """The monitor of that name with the states of its groups; raises LookupError if there is none."""
        found = self.ask(f"/api/v1/monitor?group_states=all&name={quote(name)}")
        exact: list[dict[str, Any]] = [item for item in found if item["name"] == name]
        if not exact:
            raise LookupError(f"no monitor {name}")
        return exact[0]

    @property
    def notifications(self) -> list[ToldAlert]:
        """What monitors have said, the oldest first; also what a downtime silenced."""
        return [_told(item) for item in self.ask("/_sandbox/notifications")["notifications"]]

    def why(self, id: str) -> dict[str, Any]:
        """What a log met on its way."""
        said: dict[str, Any] = self.ask(f"/_sandbox/why/{id}")["why"]
        return said

    @property
    def now(self) -> int:
        """The sandbox's time in seconds since the epoch."""
        from datetime import datetime

        said = self.ask("/_sandbox/clock")["now"]
        return int(datetime.fromisoformat(said).timestamp())

    def advance(self, span: str) -> None:
        """Move the clock, as by `6m` or `1h30m`; what falls into that time is done when this returns."""
        self.ask("/_sandbox/clock", {"advance": span})

    def reset(self, *, configuration: bool = False) -> None:
        """Forget all data; the configuration too if asked for."""
        self.ask("/_sandbox/reset" + ("" if configuration else "?keep=configuration"), {})

    def wait_for(self, condition: Callable[[], Found], seconds: float = 10) -> Found:
        """The first true value of the condition; raises TimeoutError if there is none in time."""
        until = time.monotonic() + seconds
        while not (found := condition()):
            if time.monotonic() > until:
                raise TimeoutError(f"not within {seconds} seconds; the last value was {found!r}")
            time.sleep(0.02)
        return found

    def ask(self, path: str, body: Any = None) -> Any:
        """A request of one's own: GET, or POST with a body. Raises RuntimeError for what is refused."""
        data = None if body is None else json.dumps(body).encode()
        headers = {
            "content-type": "application/json",
            "dd-api-key": "sandbox",
            "dd-application-key": "sandbox",
        }
        request = urllib.request.Request(self.url + path, data, headers)
        try:
            with urllib.request.urlopen(request, timeout=_SECONDS) as response:
                return json.loads(response.read() or b"null")
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {error.code} {error.read().decode(errors='replace')}") from None


def _log(item: dict[str, Any]) -> FoundLog:
    said = item["attributes"]
    return FoundLog(
        item["id"],
        said.get("message", ""),
        said.get("status", ""),
        said["timestamp"],
        said.get("service", ""),
        said.get("host", ""),
        tuple(said.get("tags", ())),
        said.get("attributes", {}),
    )


def _told(item: dict[str, Any]) -> ToldAlert:
    hook: dict[str, Any] = next((delivery for delivery in item["deliveries"] if "webhook" in delivery), {})
    return ToldAlert(
        item["monitor_name"],
        item["group"],
        item["transition"],
        item["title"],
        item["text"],
        tuple(item["recipients"]),
        item["notified"],
        hook.get("webhook", ""),
        hook.get("payload", ""),
    )
