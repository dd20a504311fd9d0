"""What the sandbox was asked: the newest requests as they came, and paths that nothing answers."""

from __future__ import annotations

import threading
from collections import Counter, deque
from dataclasses import dataclass

from ddconf.document import JSON
from ddconf.emulator.wire import Request

_MOST_REQUESTS = 1000
_MOST_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A request of a shipper; `moment` is in milliseconds, `body` as it was sent, encoded."""

    moment: int
    shipper: str
    request: Request
    status: int

    def as_json(self, body: str) -> dict[str, JSON]:
        """With the decoded body; keys of the organisation are left out."""
        secret = ("dd-api-key", "dd-application-key", "authorization")
        headers = {
            key.lower(): value for key, value in self.request.headers.items() if key.lower() not in secret
        }
        return {
            "time": self.moment,
            "shipper": self.shipper,
            "method": self.request.method,
            "path": self.request.path,
            "query": {key: value for key, value in self.request.query.items() if key != "dd-api-key"},
            "headers": headers,
            "encoded_bytes": len(self.request.body),
            "status": self.status,
            "body": body,
        }


class Journal:
    """Kept in memory, the newest only. Any thread may write and read."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._guard:
            self._received: deque[ReceivedRequest] = deque()
            self._size = 0
            self._unknown: Counter[tuple[str, str]] = Counter()
            self._counts: Counter[str] = Counter()

    def note(self, received: ReceivedRequest) -> None:
        with self._guard:
            self._received.append(received)
            self._size += len(received.request.body)
            while len(self._received) > _MOST_REQUESTS or self._size > _MOST_BYTES:
                self._size -= len(self._received.popleft().request.body)

    def note_unknown(self, request: Request) -> None:
        """A path that nothing answers."""
        with self._guard:
            if (request.method, request.path) in self._unknown or len(self._unknown) < _MOST_REQUESTS:
                self._unknown[request.method, request.path] += 1

    def count(self, what: str, number: int = 1) -> None:
        with self._guard:
            self._counts[what] += number

    @property
    def received(self) -> list[ReceivedRequest]:
        with self._guard:
            return list(self._received)

    @property
    def unknown(self) -> dict[tuple[str, str], int]:
        with self._guard:
            return dict(self._unknown)

    @property
    def counts(self) -> dict[str, int]:
        with self._guard:
            return dict(self._counts)


def shipper_of(request: Request) -> str:
    """Who sent it: what it says of itself, else the first word of its user agent."""
    headers = {name.lower(): value for name, value in request.headers.items()}
    origin = headers.get("dd-evp-origin")
    return origin or headers.get("user-agent", "").split(" ")[0] or "unknown"
