"""Failures on demand: what goes wrong with which request, between the app's front and its routes."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ddconf.emulator.store import Snapshot, Store
from ddconf.emulator.wire import Request, Response, answer

Match = Callable[[Request], bool]
Answer = Callable[[Request], Response]


def any_request(_request: Request) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Fault:
    """`instead` answers without any effect; `afterwards` spoils the answer once the effect is there.

    `around` decides itself whether the effect takes place. A fault passes over requests it is not `about`.
    """

    name: str
    instead: Callable[[Request], Response] | None = None
    afterwards: Callable[[Request, Response], Response] | None = None
    around: Callable[[Request, Answer, Store], Response] | None = None
    about: Match = any_request


def refuse(status: int, *, retry_after: int = 1) -> Fault:
    """429 or a 5xx before the effect, with the waiting time in the rate-limit header."""
    body = {"errors": ["Too many requests" if status == 429 else "Internal error"]}
    headers = {"content-type": "application/json"}
    if status == 429:  # only then is the budget spent
        headers |= {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(retry_after)}
    return Fault(f"{status} before", lambda _: replace(answer(status, body), headers=headers))


def lost(status: int = 504) -> Fault:
    """The effect takes place, but a gateway answers 504."""
    page = Response(status, b"<html>504 Gateway Time-out</html>", {"content-type": "text/html"})
    return Fault(f"{status} after", afterwards=lambda _, __: page)


def reset(*, after: bool = True) -> Fault:
    """The connection is cut, with the effect (`after`) or without it."""
    cut = Response(0, reset=True)
    if after:
        return Fault("reset after", afterwards=lambda _, __: cut)
    return Fault("reset before", instead=lambda _: cut)


def slow(seconds: float) -> Fault:
    """The body trickles in over so many seconds."""
    return Fault("slow", afterwards=lambda _, response: replace(response, drip_seconds=seconds))


def html(status: int = 200) -> Fault:
    """A proxy's page where JSON should be."""
    page = Response(status, b"<!DOCTYPE html><html><body>Sorry</body></html>", {"content-type": "text/html"})
    return Fault("html", instead=lambda _: page)


def cut_short() -> Fault:
    """The body ends in the middle: the JSON text is broken."""
    return Fault("cut short", afterwards=lambda _, response: replace(response, body=response.body[:-1]))


def truncated(keep: int = 0) -> Fault:
    """A list answer with only its first objects, as if that were all."""

    def shorten(_request: Request, response: Response) -> Response:
        body = response.json()
        if isinstance(body, list):
            body = body[:keep]
        elif isinstance(body, dict):
            body = {key: value[:keep] if isinstance(value, list) else value for key, value in body.items()}
        return replace(response, body=json.dumps(body).encode())

    return Fault("truncated", afterwards=shorten)


def stale() -> Fault:
    """A list that does not show the newest object yet."""

    def forget(_request: Request, response: Response) -> Response:
        body = response.json()
        if isinstance(body, list):
            body = body[:-1]
        elif isinstance(body, dict):
            body = {key: value[:-1] if isinstance(value, list) else value for key, value in body.items()}
        return replace(response, body=json.dumps(body).encode())

    return Fault("stale", afterwards=forget)


def ignored() -> Fault:
    """A change or a delete that is answered with success, shows the object as it was and has no effect."""

    def without_effect(request: Request, answered: Answer, store: Store) -> Response:
        before = store.snapshot()
        response = answered(request)
        if response.status >= 400:
            return response
        store.restore(before)
        shown = answered(replace(request, method="GET", body=b""))
        is_change = request.method in ("PUT", "PATCH") and shown.status == 200
        return replace(response, body=shown.body) if is_change else response

    return Fault("ignored", around=without_effect, about=lambda request: request.method != "GET")


def stale_after_write() -> Fault:
    """Reads that show the organisation as it was before a write; the write is the first that it strikes."""
    before: list[Snapshot] = []

    def answer_stale(request: Request, answered: Answer, store: Store) -> Response:
        if request.method != "GET":
            before.append(store.snapshot())
            return answered(request)
        now = store.snapshot()
        store.restore(before[0])
        try:
            return answered(request)
        finally:
            store.restore(now)

    return Fault(
        "stale after write",
        around=answer_stale,
        about=lambda request: (request.method == "GET") == bool(before),
    )


@dataclass(slots=True)
class _PlannedFault:
    fault: Fault
    match: Match
    skip: int
    times: int


class Faults:
    """What shall go wrong: single orders (`on`), or a schedule with one entry per request."""

    def __init__(self, schedule: Iterable[Fault | None] = ()) -> None:
        self._schedule = iter(schedule)
        self._planned: list[_PlannedFault] = []
        self._guard = threading.Lock()
        self.struck: list[tuple[str, str, str]] = []

    def on(self, fault: Fault, match: Match = any_request, *, skip: int = 0, times: int = 1) -> None:
        """Strike the next `times` matching requests, after letting `skip` of them pass (page k of a list)."""
        with self._guard:
            self._planned.append(_PlannedFault(fault, match, skip, times))

    def follow(self, schedule: Iterable[Fault | None]) -> None:
        """One entry for each request from now on; None lets it pass, the end of it lets all pass."""
        with self._guard:
            self._schedule = iter(schedule)

    def clear(self) -> None:
        with self._guard:
            self._schedule, self._planned = iter(()), []

    def draw(self, request: Request) -> Fault | None:
        with self._guard:
            fault = self._order(request) or next(self._schedule, None)
            if fault:
                self.struck.append((fault.name, request.method, request.target))
            return fault

    def _order(self, request: Request) -> Fault | None:
        for planned in self._planned:
            if planned.times and planned.fault.about(request) and planned.match(request):
                if planned.skip:
                    planned.skip -= 1
                    continue
                planned.times -= 1
                return planned.fault
        return None


def calls(method: str, path: str) -> Match:
    """Requests of a method to a path or to anything below it."""

    def match(request: Request) -> bool:
        return request.method == method and (request.path == path or request.path.startswith(f"{path}/"))

    return match
