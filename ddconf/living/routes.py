"""Which function answers which request: the folder endpoints/ read as a routing table."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import unquote

from ddconf.document import JSON
from ddconf.emulator import routes as api
from ddconf.emulator.call import RouteCall as ApiCall
from ddconf.emulator.wire import Request, Response, texts
from ddconf.living.intake.encodings import METRICS_LIMIT, decode

if TYPE_CHECKING:
    from ddconf.living.sandbox import Sandbox


@dataclass(frozen=True)
class IncomingRequest:
    """One request on its way; `args` are the path's placeholders, decoded."""

    sandbox: Sandbox
    request: Request
    args: dict[str, str]
    body_limit: int = METRICS_LIMIT

    @cached_property
    def headers(self) -> dict[str, str]:
        """By their names in lower case."""
        return {name.lower(): value for name, value in self.request.headers.items()}

    @cached_property
    def query(self) -> dict[str, str]:
        return self.request.query

    @cached_property
    def body(self) -> bytes:
        """Without its content encodings; raises a Refusal where that fails."""
        return decode(self.request.body, self.headers.get("content-encoding", ""), self.body_limit)

    @cached_property
    def json(self) -> JSON:
        """The body, None if there is none; raises a Refusal (400) for what is not valid JSON."""
        try:
            return json.loads(self.body) if self.body.strip() else None
        except ValueError:
            raise texts(400, "Payload is not in the expected format: invalid JSON") from None

    def ask_api(self, target: str = "") -> Response:
        """What the configuration's API answers to this request, or to a GET of another path."""
        request = Request("GET", target) if target else self.request
        found = api.find(request.method, request.path)
        if found is None:
            raise texts(404, "Not found")
        store, (handler, args) = self.sandbox.organisation, found
        with store.transaction(writes=False):
            return handler(
                ApiCall(store, request.method, request.path, self.sandbox.clock(), args, request.query)
            )


Route = Callable[[IncomingRequest], Response]
_Handler = TypeVar("_Handler", bound=Route)


@dataclass(frozen=True, slots=True)
class AuthorizedRoute:
    """A route and who may use it: intakes need no application key, the sandbox's own pages no key at all."""

    segments: tuple[str, ...]
    route: Route
    keys: str
    body_limit: int


def endpoint(
    method: str, path: str, *, keys: str = "both", body_limit: int = METRICS_LIMIT
) -> Callable[[_Handler], _Handler]:
    """Make a function the answer to a method and a path template; `keys` is `both`, `api` or `none`."""

    def mark(handler: _Handler) -> _Handler:
        marks = getattr(handler, "endpoints", ())
        made = (method, AuthorizedRoute(tuple(path.strip("/").split("/")), handler, keys, body_limit))
        handler.endpoints = (*marks, made)  # type: ignore[attr-defined]
        return handler

    return mark


@cache
def table() -> dict[tuple[str, int], list[AuthorizedRoute]]:
    """Endpoints by method and number of segments, the most literal paths first."""
    from ddconf.living import endpoints

    found: dict[tuple[str, int], list[AuthorizedRoute]] = {}
    for item in pkgutil.iter_modules(endpoints.__path__):
        module = importlib.import_module(f"{endpoints.__name__}.{item.name}")
        for value in vars(module).values():
            if getattr(value, "__module__", "") == module.__name__:
                for method, made in getattr(value, "endpoints", ()):
                    found.setdefault((method, len(made.segments)), []).append(made)
    for entries in found.values():
        entries.sort(key=lambda entry: [segment.startswith("{") for segment in entry.segments])
    return found


def find(method: str, path: str) -> tuple[AuthorizedRoute, dict[str, str]] | None:
    """The endpoint of a request and the values of its placeholders."""
    parts = path.strip("/").split("/")
    for candidate in table().get((method, len(parts)), ()):
        args: dict[str, str] = {}
        for segment, part in zip(candidate.segments, parts, strict=True):
            if segment.startswith("{"):
                args[segment[1:-1]] = unquote(part)
            elif segment != part:
                break
        else:
            return candidate, args
    return None
