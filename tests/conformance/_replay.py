"""One recorded test replayed against a fresh emulator: each host an organisation, ids mapped as they come."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from ddconf.emulator.app import App
from ddconf.emulator.call import Actor
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Request, Response
from tests.conformance._found import base, first_order, found, identity, items, settings
from tests.conformance._others import by_effect, play_others

Json = Any
Exchange = dict[str, Any]
AGENTS = {"terraform": "terraform-provider-datadog/3", "python-client": "datadog-api-client-python/2"}
KEYS = {"DD-API-KEY": "k", "DD-APPLICATION-KEY": "k"}


@dataclass
class Organisation:
    """An emulator and what the recording's ids are called in it."""

    app: App
    names: dict[Json, Json] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    now: datetime = datetime.min
    gap: int = -1  # the last exchange that requests came before whose traffic is not in the files
    shown: dict[str, int] = field(default_factory=dict)  # paths: the last exchange that told of each

    def unseen(self, path: str) -> bool:
        """Whether requests that nobody recorded were made since the path's object was last told of."""
        return self.gap > self.shown.get(path, -1)

    def translated(self, value: Json) -> Json:
        """A recorded value with the emulator's ids in place of the recorded ones."""
        if isinstance(value, dict):
            return {self.translated(key): self.translated(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.translated(item) for item in value]
        if isinstance(value, str):
            return self._text(value)
        return self.names.get(value, value) if isinstance(value, int) and value > 9999 else value

    def _text(self, text: str) -> str:
        if text in self.names:
            return str(self.names[text])
        for old, new in self.names.items():
            if len(str(old)) > 4 and str(old) in text:
                text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(str(old))}(?![A-Za-z0-9])", str(new), text)
        return text

    def learn(self, recorded: Json, ours: Json, key: str = "") -> None:
        """Walk two answers side by side and note which id of ours stands where a recorded one does.

        Lists of things of several types can be in another order: things of different types are no pair.
        """
        if isinstance(recorded, dict) and isinstance(ours, dict):
            if "id" in recorded and recorded.get("type") != ours.get("type"):
                return
            for name, value in recorded.items():
                if name in ours:
                    self.learn(value, ours[name], name)
        elif isinstance(recorded, list) and isinstance(ours, list):
            for old, new in zip(recorded, ours, strict=False):
                self.learn(old, new, key)
        elif _is_id(key, recorded) and type(recorded) is type(ours) and recorded != ours:
            self.names.setdefault(recorded, ours)


def _is_id(key: str, value: Json) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return False
    if key.endswith("AuthorId") or (isinstance(value, int) and value <= 9999):
        return False
    named = key in ("id", "ids", "public_id", "uuid") or key.endswith(("_id", "_ids", "Id"))
    return named and key not in ("account_id", "org_id", "type_id", "check_id")


def replay(test: list[Exchange]) -> Iterator[tuple[Exchange, Response, Organisation]]:
    """Send every request of a recorded test in its order; gives each with the emulator's answer."""
    organisations: dict[str, Organisation] = {}
    for host in {exchange["host"] for exchange in test}:
        organisations[host] = fresh_organisation([e for e in test if e["host"] == host])
    last = -1
    for exchange in by_effect(test):
        organisation, path = organisations[exchange["host"]], base(exchange)
        organisation.now = datetime.fromisoformat(exchange["recorded_at"]).astimezone(UTC)
        if exchange["seq"] > last + 1:
            organisation.gap = exchange["seq"]
        last = exchange["seq"]
        unseen = organisation.unseen(path)
        play_others(organisation.app, exchange, organisation.found, organisation.names, unseen=unseen)
        made = {f"{path}/{identity(item, None)}" for item in items(exchange["response_body"])}
        organisation.shown |= dict.fromkeys({path} | made, last)
        response = _answer(organisation, _request(exchange, organisation))
        if exchange["method"] != "GET" and 200 <= exchange["status"] < 300 and response.status < 300:
            organisation.learn(exchange["response_body"], _json(response))
        yield exchange, response, organisation


def _answer(organisation: Organisation, request: Request) -> Response:
    """What a client would get; a defect of the emulator is a 500."""
    try:
        return organisation.app.handle(request)
    except Exception as error:
        return Response(500, repr(error).encode())


def _json(response: Response) -> Json:
    try:
        return response.json()
    except ValueError:
        return response.body.decode(errors="replace")


def _request(exchange: Exchange, organisation: Organisation) -> Request:
    path = exchange["path"].replace("%22", '"')  # some clients quote ids
    for old, new in organisation.names.items():
        for shape in {str(old), quote(str(old), safe="")}:
            path = re.sub(rf"(?<![A-Za-z0-9-]){re.escape(shape)}(?![A-Za-z0-9-])", str(new), path)
    body = exchange["request_body"]
    data = b"" if body is None else json.dumps(organisation.translated(body)).encode()
    return Request(exchange["method"], path, KEYS | {"User-Agent": AGENTS.get(exchange["source"], "")}, data)


def _caller(exchanges: list[Exchange]) -> Actor:
    """Who the keys belong to, where a recording asks."""
    for exchange in exchanges:
        if base(exchange) == "/api/v2/current_user" and exchange["status"] == 200:
            person = exchange["response_body"]["data"]
            told = person["attributes"]
            included = exchange["response_body"].get("included") or []
            orgs = [item for item in included if item["type"] == "orgs"]
            place = {"org_uuid": orgs[0]["id"], "org_name": orgs[0]["attributes"]["name"]} if orgs else {}
            return Actor(name=told.get("name") or "", handle=told["handle"], uuid=person["id"], **place)
    return Actor()


def fresh_organisation(exchanges: list[Exchange]) -> Organisation:
    """A fresh organisation that holds whatever the recording found there."""
    store = Store(seed=1)
    organisation = Organisation(App(store, actor=_caller(exchanges)))
    organisation.app.clock = lambda: organisation.now
    for name, id, document in found(exchanges):
        organisation.found |= {id, str(document.get("id", id))}
        store.put(name, id, document)
    for name, ids in first_order(exchanges):
        for id in ids:
            organisation.found.add(id)
            if store.get(name, id) is None:
                store.put(name, id, {"id": id, "name": id, "is_read_only": False})
        store.set_fact(f"order/{name}", ids)
    for name, value in settings(exchanges):
        store.set_fact(name, value)
    return organisation
