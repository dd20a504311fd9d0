"""No body makes the emulator fail: whatever is written, the write and the reads after it get an answer.

Every write route of every product gets made-up and mutilated bodies. What a body may hold is drawn from the
documented rules of its operation, so that some are accepted and read back.
"""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ddconf.emulator.app import App
from ddconf.emulator.body_rules import body_rules
from ddconf.emulator.routes import plain_table, table
from ddconf.emulator.seed import plant
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response
from tests.emulator.conftest import KEYS
from tests.fuzz._mutate import mutate

WRITES = ("POST", "PUT", "PATCH", "DELETE")
WORDS = ("x", "1", "web", "00000000-0000-4000-8000-000000000001")


@cache
def write_routes() -> tuple[tuple[str, str], ...]:
    """Method and template of every write."""
    found = {
        (method, "/" + "/".join(segments))
        for routes in (table(), plain_table())
        for (method, _), entries in routes.items()
        for segments, _ in entries
        if method in WRITES
    }
    return tuple(sorted(found))


def body_of(method: str, path: str, chance: Random) -> Any:
    """A body with what is documented, and an empty JSON:API object where nothing is."""
    body: dict[str, Any] = {"data": {"type": "x", "id": "x", "attributes": {"name": "x", "type": "x"}}}
    for place, rule in body_rules(method, path).items():
        words = [word for word in rule.rstrip("!").split("|") if word and word != "any"]
        _put(body, place.split("."), chance.choice(words or WORDS))
    data = body["data"]
    if isinstance(data, dict) and isinstance(data.get("attributes"), dict) and chance.randrange(3) == 0:
        return data["attributes"]
    return body


def _put(node: Any, keys: list[str], value: Any) -> None:
    """Put a value at a place; what stands in its way goes."""
    key, rest = keys[0].removesuffix("[]"), keys[1:]
    if not rest:
        node[key] = [value] if keys[0].endswith("[]") else node.get(key) or value
        return
    if keys[0].endswith("[]"):
        if not (isinstance(node.get(key), list) and node[key] and isinstance(node[key][0], dict)):
            node[key] = [{}]
        _put(node[key][0], rest, value)
        return
    if not isinstance(node.get(key), dict):
        node[key] = {}
    _put(node[key], rest, value)


def filled(template: str, store: Store, chance: Random) -> str:
    """A path with ids of what is there, and with ids of nothing."""
    known = [id for name in ("user", "role", "logs_pipeline", "logs_index") for id in store.ids(name)]
    return re.sub(r"\{\w+\}", lambda _: chance.choice((*WORDS, *known[:6])), template)


def send(app: App, method: str, path: str, body: Any = None) -> Response:
    data = b"" if body is None else json.dumps(body).encode()
    return app.handle(Request(method, path, KEYS, data))


def reads_after(path: str, answer: Any) -> list[str]:
    """Where what was written can be read: its own path, the list above it, and below it by its id."""
    data = answer.get("data", answer) if isinstance(answer, dict) else answer
    first = data[0] if isinstance(data, list) and data else data
    id = first.get("id") or first.get("public_id") if isinstance(first, dict) else None
    return [path, path.rpartition("/")[0], *([f"{path}/{id}"] if isinstance(id, str | int) else [])]


@pytest.mark.parametrize("number", range(8))
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32))
def test_no_body_is_answered_with_an_error_of_the_server(number: int, seed: int) -> None:
    chance = Random(seed)
    store = Store(seed=1)
    plant(store)
    app = App(store)
    for method, template in write_routes()[number::8]:
        path = filled(template, store, chance)
        body = body_of(method, template, chance)
        for sent in (body, mutate(body, chance)):
            response = send(app, method, path, sent)
            assert response.status < 500, (method, path, sent)
            if response.status < 300 and method != "DELETE":
                for read in reads_after(path, _json(response)):
                    if read and " " not in read:
                        assert send(app, "GET", read).status < 500, (read, method, path, sent)


def _json(response: Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None
