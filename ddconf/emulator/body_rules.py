"""What Datadog's client documents of a body: required fields and closed sets of words, by operation."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

from ddconf.emulator.call import Route, RouteCall
from ddconf.emulator.check import Rules, complaints
from ddconf.emulator.operations import blank
from ddconf.emulator.wire import Refusal, Response

Malformed = Callable[[list[str]], Refusal]
_FILE = Path(__file__).with_name("bodies.json")


@cache
def _bodies() -> dict[str, Rules]:
    return dict(json.loads(_FILE.read_bytes()))


def body_rules(method: str, path: str) -> Rules:
    """The rules of a write's body; none where nothing is documented."""
    return _bodies().get(f"{method} {blank(path)}", {})


def checked(method: str, path: str, malformed: Malformed, handler: Route) -> Route:
    """A route that refuses a body by itself, before it looks for what the path names."""
    rules = body_rules(method, path)
    if not rules:
        return handler

    def check(call: RouteCall) -> Response:
        if call.validates and (problems := complaints(call.body, rules)):
            raise malformed(problems)
        return handler(call)

    return check
