"""One scenario of the official client played against a fresh emulator: what is given, then the call."""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlencode

import jinja2

from ddconf.emulator.collections import ids_in
from ddconf.emulator.wire import Request, Response
from tests.conformance._found import base, collection, family_of, named, stub
from tests.conformance._replay import KEYS, Exchange, Organisation

Json = Any
Scenario = dict[str, Any]
Step = dict[str, Any]
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}
_PLACEHOLDER = "REPLACE.ME"  # the id of a generated scenario
_NOBODY = "00000000-dead-4000-8000-000000000000"


@dataclass
class Stage:
    """An organisation and what the scenario's expressions may name."""

    organisation: Organisation
    scenario: Scenario
    makers: dict[str, Step]  # by path: a call that makes an object there
    names: dict[str, Json] = field(default_factory=dict)
    recording: list[Exchange] = field(default_factory=list)
    made: dict[str, str] = field(default_factory=dict)  # by path: the id of what a maker made

    def __post_init__(self) -> None:
        unique = "Test-" + re.sub(r"[^A-Za-z0-9]+", "_", self.scenario["scenario"])[:60] + "-1700000000"
        alnum = re.sub(r"[^A-Za-z0-9]", "", unique)
        now = self.organisation.now
        self.names |= {
            "unique": unique,
            "unique_lower": unique.lower(),
            "unique_upper": unique.upper(),
            "unique_alnum": alnum,
            "unique_lower_alnum": alnum.lower(),
            "unique_upper_alnum": alnum.upper(),
            "unique_hash": uuid.uuid5(uuid.NAMESPACE_DNS, unique).hex[:16],
            "uuid": str(uuid.uuid5(uuid.NAMESPACE_DNS, unique)),
            "timestamp": lambda text: int(_moment(now, text).timestamp()),
            "timeISO": lambda text: _moment(now, text).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
        }

    def play(self) -> tuple[Response, Json]:
        """What the call of the scenario answers, raw and read as JSON."""
        for step in self.scenario["given"]:
            answered = _json(self.send(step))
            self.names[step["name"]] = look_up(answered, step.get("result", ""))
        if "@generated" in self.scenario["tags"] and self.scenario["status"] < 300:
            body = self.rendered(self.scenario["body"])
            store = self.organisation.app.store
            for name, id, document in named(self.scenario["method"], self.scenario["path"], body):
                for other in set(store.ids(name)) - set(ids_in(body)):
                    store.delete(name, other)  # an order names everything
                store.put(name, id, document)
        response = self.send(self.scenario)
        return response, _json(response)

    def send(self, step: Step) -> Response:
        path, query = step["path"], {}
        for name, parameter in step["parameters"].items():
            if parameter["in"] != "path":
                query[name] = _text(self._value(step, name, parameter))
        for name in re.findall(r"\{(\w+)\}", path):  # parents first
            if name in step["parameters"]:
                value = self._value(step, name, step["parameters"][name], path.partition(f"/{{{name}}}")[0])
                path = path.replace(f"{{{name}}}", quote(_text(value), safe=""))
        target = path + (f"?{urlencode(query)}" if query else "")
        body = self.rendered(step["body"])
        data = b"" if body is None else json.dumps(body).encode()
        return self.organisation.app.handle(Request(step["method"], target, KEYS, data))

    def rendered(self, value: Json) -> Json:
        """A value with its expressions filled in; a text that is a whole body becomes JSON."""
        if isinstance(value, dict):
            return {key: self.rendered(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.rendered(item) for item in value]
        if not isinstance(value, str):
            return value
        text = jinja2.Environment().from_string(value).render(self.names) if "{{" in value else value
        return json.loads(text) if value.startswith("{") and not value.startswith("{{") else text

    def _value(self, step: Step, name: str, parameter: Json, place: str = "") -> Json:
        if "source" not in parameter:
            return self.rendered(parameter["value"])
        if parameter["source"] == _PLACEHOLDER:
            return self._taken_for_granted(step, name, place)
        return look_up(self.names, parameter["source"])

    def _taken_for_granted(self, step: Step, name: str, place: str) -> str:
        """The id of an object that a generated scenario does not make, below `place`.

        A scenario that makes one makes it; where there is none, it was there before.
        """
        if recorded := self._recorded(step, name):
            return recorded
        if self.scenario["status"] >= 400 or not place:
            return _NOBODY
        if place not in self.made:
            before, _, rest = step["path"].partition(f"/{{{name}}}")
            made = self._make(self.makers[before], place) if before in self.makers else _NOBODY
            if made == _NOBODY:
                made = self._listed(place)
            self.made[place] = made if made != _NOBODY else self._found(place, rest, step)
        return self.made[place]

    def _recorded(self, step: Step, name: str) -> str:
        """What stands there in the recording of the scenario."""
        pattern = re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", step["path"])
        for exchange in self.recording:
            if exchange["method"] == step["method"] and (place := re.fullmatch(pattern, base(exchange))):
                return unquote(place[name])
        return ""

    def _make(self, maker: Step, place: str) -> str:
        for given in maker["given"]:
            self.names[given["name"]] = look_up(_json(self.send(given)), given.get("result", ""))
        return _id(_json(self.send({**maker, "path": place})))

    def _listed(self, place: str) -> str:
        """What every organisation has there."""
        response = self.organisation.app.handle(Request("GET", place, KEYS))
        return _id(_json(response)) if response.status < 300 else _NOBODY

    def _found(self, place: str, rest: str, step: Step) -> str:
        """An object of which only the id and what an update tells of it are known.

        `rest` is what stands behind its id in the path: the one thing that it has there.
        """
        at = next((at for at in (f"{place}/x", f"{place}/x{rest}") if family_of({"path": at})), "")
        family = family_of({"path": at})
        if family is None:
            return _NOBODY
        store, kept_in = self.organisation.app.store, collection(family, {"path": at})
        if known := store.ids(kept_in):
            return known[0]
        id = str(store.new_id(kept_in, family.new_id))
        store.put(kept_in, id, stub(family, id, self.rendered(step["body"])))
        return id


def look_up(value: Json, path: str) -> Json:
    """What a path such as `data[0].attributes.name` leads to; None if nothing."""
    for key in re.findall(r"[^.\[\]]+", path):
        if isinstance(value, list) and key.isdigit():
            value = value[int(key)] if int(key) < len(value) else None
        else:
            value = value.get(key) if isinstance(value, dict) else None
    return value


def _id(answered: Json) -> str:
    data = answered.get("data", answered) if isinstance(answered, dict) else answered
    first = data[0] if isinstance(data, list) and data else data
    found = (first.get(key) for key in ("id", "public_id", "name")) if isinstance(first, dict) else ()
    return str(next(filter(None, found), _NOBODY))


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _json(response: Response) -> Json:
    try:
        return response.json()
    except ValueError:
        return response.body.decode(errors="replace")


def _moment(now: datetime, text: str) -> datetime:
    """`now - 5m`; whole seconds."""
    shift = re.fullmatch(r"now(?:\s*([+-])\s*(\d+)([smhd]))?", text.strip())
    if not shift:
        raise ValueError(f"no moment: {text}")
    sign, count, unit = shift.groups()
    by = timedelta(**{_UNITS[unit]: int(count)}) if sign else timedelta()
    return now.replace(microsecond=0) + (by if sign == "+" else -by)
