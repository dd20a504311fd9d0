"""What a route sees of one request, and how a function becomes a route: between the app and the products."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from ddconf.emulator.store import Store
from ddconf.emulator.wire import Json, Response


@dataclass(frozen=True, slots=True)
class Actor:
    """The person every object is made by; an organisation of one is enough here."""

    name: str = "Sandbox User"
    handle: str = "sandbox@example.com"
    id: int = 1000001
    uuid: str = "5a7d0c1e-0000-4000-8000-000000000001"
    org_id: int = 1000001
    org_uuid: str = "5a7d0c1e-0000-4000-8000-000000000002"
    org_name: str = "Sandbox"

    @property
    def creator(self) -> dict[str, Json]:
        return {"name": self.name, "handle": self.handle, "email": self.handle}


@dataclass(frozen=True, slots=True)
class RouteCall:
    """One request on its way through a route; `args` are the path's placeholders, decoded."""

    store: Store
    method: str
    path: str
    now: datetime
    args: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: Json = None
    actor: Actor = field(default_factory=Actor)
    validates: bool = True
    agent: str = ""  # the User-Agent: some products tell which tool wrote an object

    @property
    def iso(self) -> str:
        """The time as v1 writes it: microseconds and `+00:00`."""
        return self.now.isoformat(timespec="microseconds")

    @property
    def zulu(self) -> str:
        """The time as v2 writes it: `Z` at the end."""
        return self.iso.replace("+00:00", "Z")

    @property
    def epoch(self) -> int:
        return int(self.now.timestamp())

    def flag(self, name: str) -> bool:
        return self.query.get(name, "").lower() in ("true", "1")

    def count(self, name: str, default: int) -> int:
        """A whole number from the query; anything else counts as not given."""
        text = self.query.get(name, "")
        return int(text) if text.isdigit() else default


Route = Callable[[RouteCall], Response]
_Handler = TypeVar("_Handler", bound=Route)


def route(method: str, path: str) -> Callable[[_Handler], _Handler]:
    """Make a function the answer to a method and a path template, found by the walk over quirks/."""

    def mark(handler: _Handler) -> _Handler:
        marks = getattr(handler, "routes", ())
        handler.routes = (*marks, (method, path))  # type: ignore[attr-defined]
        return handler

    return mark
