"""Datadog as the stories meet it: an organisation on a socket, with keys that come, go and see less."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ddconf.emulator.app import App
from ddconf.emulator.call import Actor
from ddconf.emulator.fault_text import order
from ddconf.emulator.faults import Faults
from ddconf.emulator.seed import plant
from ddconf.emulator.server import serve
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response, answer, texts

CONTROL = "/_journey/"
_READS = ("GET", "HEAD", "OPTIONS")
_PATIENCE = 60.0


@dataclass
class Gate:
    """What stands before the organisation: keys and their rights, and a request that is held back.

    A key that is not named may do everything; `reads` names those that may only read, `revoked` those that
    are gone, `blind` those that a kind's path is forbidden to, `narrow` those that are shown no object there.
    """

    faults: Faults
    revoked: set[str] = field(default_factory=set)
    reads: set[str] = field(default_factory=set)
    blind: dict[str, str] = field(default_factory=dict)
    narrow: dict[str, str] = field(default_factory=dict)
    _left: int | None = None
    _held: threading.Event = field(default_factory=threading.Event)
    _go_on: threading.Event = field(default_factory=threading.Event)

    def front(self, request: Request) -> Response | None:
        """The answer of the gate; None where the organisation answers."""
        if request.path.startswith(CONTROL):
            return self._control(request.path.removeprefix(CONTROL), request)
        key = next((value for name, value in request.headers.items() if name.lower() == "dd-api-key"), "")
        hidden = self.blind.get(key)
        if key in self.revoked:
            return texts(403, "Forbidden").response
        if (key in self.reads and request.method not in _READS) or (hidden and hidden in request.path):
            return texts(403, "Forbidden", "The key lacks a permission").response
        unseen = self.narrow.get(key)
        if unseen and request.method in _READS and request.path.startswith(unseen):
            return answer(200, []) if request.path == unseen else texts(404, "Not found").response
        self._hold_back()
        return None

    def _hold_back(self) -> None:
        if self._left is None:
            return
        self._left -= 1
        if self._left < 0:
            self._held.set()
            self._go_on.wait(_PATIENCE)

    def _control(self, what: str, request: Request) -> Response:
        asked = json.loads(request.body or b"{}")
        if what == "hold":
            self._held.clear()
            self._go_on.clear()
            self._left = asked["after"]
        elif what == "held":
            return answer(200, {"held": self._held.wait(asked["seconds"])})
        elif what == "release":
            self._left = None
            self._go_on.set()
        elif what == "fault":
            order(self.faults, asked["text"])
        elif what == "revoke":
            self.revoked.add(asked["key"])
        elif what == "read-only":
            self.reads.add(asked["key"])
        elif what == "blind":
            self.blind[asked["key"]] = asked["path"]
        elif what == "narrow":
            self.narrow[asked["key"]] = asked["path"]
        return answer(200, {})


@contextmanager
def organisation(number: int) -> Iterator[str]:
    """Serve a fresh organisation; gives its URL. Organisations of other numbers have other ids."""
    store = Store(seed=number)
    actor = Actor(org_uuid=f"5a7d0c1e-0000-4000-8000-{number:012}")
    plant(store, actor=actor, realm=str(number) if number else "")
    faults = Faults()
    app = App(store, faults=faults, actor=actor, front=Gate(faults).front)
    with serve(app) as url:
        yield url
