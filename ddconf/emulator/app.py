"""The emulated API as one function, Request to Response: keys, limits, faults, then the product's route."""

from __future__ import annotations

import json
import threading
import zlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from ddconf.emulator.browser_guard import takes_logs
from ddconf.emulator.call import Actor, RouteCall
from ddconf.emulator.faults import Fault, Faults
from ddconf.emulator.limit import RateLimit
from ddconf.emulator.routes import find
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Json, Refusal, Request, Response, texts

Moment = Literal["before", "after"]
_INTAKES = ("/api/v2/logs", "/v1/input")  # what sends logs in has no application key
_TAKES_YAML = ("/api/v2/catalog/", "/api/v2/services/definitions")
_ANY_HEADER = zlib.MAX_WBITS | 32  # of gzip or of zlib


@dataclass(frozen=True, slots=True)
class Exchange:
    """One line of the app's log."""

    method: str
    path: str
    status: int


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class RequestRules:
    """What every request is held against; any non-empty keys are good unless `keys` names the good ones."""

    require_keys: bool = True
    keys: Collection[str] | None = None
    validate: bool = True
    limit: RateLimit | None = None


_USUAL_RULES = RequestRules()


class App:
    """A Datadog organisation that answers requests.

    `hook(moment, request)` is called
    before and after the effect of every request, outside of all locks. `log` keeps every exchange.
    """

    def __init__(
        self,
        store: Store,
        *,
        clock: Callable[[], datetime] = _now,
        rules: RequestRules = _USUAL_RULES,
        faults: Faults | None = None,
        hook: Callable[[Moment, Request], None] | None = None,
        actor: Actor | None = None,
        front: Callable[[Request], Response | None] | None = None,
    ) -> None:
        self.store, self.clock, self.require_keys, self.keys = store, clock, rules.require_keys, rules.keys
        self.validate, self.limit, self.hook = rules.validate, rules.limit or RateLimit(), hook
        self.faults = faults or Faults()
        self.actor, self.front = actor or Actor(), front
        self.is_intake: Callable[[Request], bool] = takes_logs
        self.hosts: Collection[str] = ()
        """Names by which a server of this app may be called, besides those of this machine."""
        self.log: list[Exchange] = []
        self._guard = threading.Lock()

    def handle(self, request: Request) -> Response:
        """Answer a request; never raises for what a client does."""
        fault = self.faults.draw(request)
        if self.hook:
            self.hook("before", request)
        response = self._limited(request, fault)
        if self.hook:
            self.hook("after", request)
        with self._guard:
            self.log.append(
                Exchange(request.method, request.target, 0 if response.reset else response.status)
            )
        return response

    def _limited(self, request: Request, fault: Fault | None) -> Response:
        within, headers = self.limit.spend(self.clock())
        if not within:
            response = texts(429, "Too many requests").response
        elif fault and fault.instead:
            response = fault.instead(request)
        elif fault and fault.around:
            response = fault.around(request, self._answer, self.store)
        else:
            response = self._answer(request)
            if fault and fault.afterwards:
                response = fault.afterwards(request, response)
        return replace(response, headers={**headers, **response.headers})

    def _answer(self, request: Request) -> Response:
        if self.front and (response := self.front(request)):
            return response
        try:
            self._check_keys(request)
            with self.store.transaction(writes=request.method != "GET"):
                return self._route(request)
        except Refusal as refusal:
            return refusal.response

    def _route(self, request: Request) -> Response:
        found = find(request.method, request.path)
        if not found:
            raise texts(404, "Not found")
        handler, args = found
        body = _parsed(request)
        call = RouteCall(
            self.store,
            request.method,
            request.path,
            self.clock(),
            args,
            request.query,
            body,
            self.actor,
            self.validate,
            _agent(request),
        )
        try:
            return handler(call)
        except (KeyError, IndexError, TypeError, AttributeError, ValueError) as error:
            if request.method == "GET":
                raise
            raise texts(400, f"Payload is not in the expected format: {error}") from error

    def _check_keys(self, request: Request) -> None:
        if not self.require_keys:
            return
        sent = {name.lower(): value for name, value in request.headers.items()}
        if sent.get("authorization", "").startswith("Bearer "):
            return
        key = sent.get("dd-api-key", "")
        good = bool(key) if self.keys is None else key in self.keys
        if request.path == "/api/v1/validate":
            if not good:
                raise texts(403, "Forbidden" if key else "API key required")
        elif not good:
            raise texts(403 if key else 401, "Forbidden" if key else "Unauthorized")
        elif not sent.get("dd-application-key") and request.path not in _INTAKES:
            raise texts(403, "Forbidden")


def _agent(request: Request) -> str:
    return next((value for name, value in request.headers.items() if name.lower() == "user-agent"), "")


def _parsed(request: Request) -> Json:
    sent = {name.lower(): value for name, value in request.headers.items()}
    try:
        body = _inflated(request.body, sent.get("content-encoding", ""))
        if sent.get("content-type", "").startswith("text/plain"):
            return body.decode()
        return json.loads(body) if body else None
    except json.JSONDecodeError:
        if request.path.startswith(_TAKES_YAML):
            return body.decode()
        raise texts(400, "Payload is not in the expected format: invalid JSON") from None
    except (ValueError, zlib.error):
        raise texts(400, "Payload is not in the expected format: invalid JSON") from None


def _inflated(body: bytes, encoding: str) -> bytes:
    return zlib.decompress(body, wbits=_ANY_HEADER) if encoding in ("gzip", "deflate") else body
