"""Recorded exchanges, and what they mean in terms of kinds: which call of which kind, and its documents."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from ddconf.datadog.objects import bodies
from ddconf.datadog.objects.single import is_own
from ddconf.datadog.schema.client_library import endpoints
from ddconf.document import get, parse_path, walk
from ddconf.kind import Call, Kind, find_kind, kind_names

Json = Any
Exchange = dict[str, Any]


@dataclass
class Write:
    """An accepted write: what was asked for, its answer, and what reads showed until the next write."""

    exchange: Exchange
    kind: Kind
    verb: str
    wanted: Json
    answer: Json
    """The document in the answer; None where it holds none."""
    reads: list[Json] = field(default_factory=list)


def read_tests(folder: Path) -> list[list[Exchange]]:
    """The exchanges with one host in one recording, over all families, in their order."""
    tests: dict[tuple[str, str, str], list[Exchange]] = defaultdict(list)
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                exchange = json.loads(line) | {"family": file.name.removesuffix(".jsonl.gz")}
                tests[exchange["source"], exchange["test"], exchange["host"]].append(exchange)
    return [sorted(test, key=lambda exchange: exchange["seq"]) for test in tests.values()]


def writes_in(test: list[Exchange]) -> list[Write]:
    """All accepted writes of a test that a kind can make."""
    found: list[Write] = []
    awaiting: dict[tuple[str, str], Write] = {}
    for exchange in test:
        if exchange["method"] == "GET":
            for key, document in _read(exchange):
                if key in awaiting:
                    awaiting[key].reads.append(document)
            continue
        forget_written(awaiting, exchange)
        if exchange["status"] >= 300 or not isinstance(exchange["request_body"], dict):
            continue
        for kind, verb, fields in meanings(exchange, ("create", "update")):
            write = _write(exchange, kind, verb, fields)
            found.append(write)
            if id_ := bodies.id_of(kind, write.answer or {}) or bodies.id_of(kind, write.wanted):
                awaiting[kind.name, id_] = write
    return found


def _write(exchange: Exchange, kind: Kind, verb: str, fields: Json) -> Write:
    shown = kind.api.envelope.unwrap(exchange["response_body"])
    wanted = {**fields, **asked_for(kind, verb, exchange["request_body"], shown)}
    own = bool(shown) and is_own(kind, {**kind.api.where, **shown})
    return Write(exchange, kind, verb, wanted, {**fields, **shown} if own else None)


def _read(exchange: Exchange) -> Iterator[tuple[tuple[str, str], Json]]:
    if exchange["status"] < 300:
        for kind, verb, fields in meanings(exchange, ("read", "list")):
            for document in documents_in(kind, verb, exchange["response_body"]):
                shown = {**fields, **document}
                yield (kind.name, bodies.id_of(kind, shown)), shown


def meanings(exchange: Exchange, verbs: tuple[str, ...]) -> Iterator[tuple[Kind, str, Json]]:
    """The kinds and calls that an exchange is, with the fields that its path holds."""
    path = exchange["path"].split("?")[0]
    for kind, verb, pattern in _calls():
        if path in _plain_paths() and path != getattr(kind.api, verb).path:
            continue  # `/team/sync` is no team called sync
        call: Call = getattr(kind.api, verb)
        if verb in verbs and call.method == exchange["method"] and (match := pattern.fullmatch(path)):
            fields = {name: unquote(value) for name, value in match.groupdict().items()}
            if kind.id and "id" in fields:
                fields[kind.id] = fields["id"]
            yield kind, verb, fields if kind.id == "id" else {k: v for k, v in fields.items() if k != "id"}


def documents_in(kind: Kind, verb: str, answer: Json) -> list[Json]:
    """The whole objects of an answer; summaries and what lacks parts are none."""
    api = kind.api
    if verb == "list":
        if callable(api.items):
            found = api.items(answer)
        else:
            found = get(answer, parse_path(api.items)) if api.items else answer
        whole = isinstance(found, list) and not api.summary
        items = [(item, api.envelope.item(item)) for item in found] if whole else []
        return [document for item, document in items if is_own(kind, {**item, **document})]
    document = api.envelope.unwrap(answer)
    return [document] if document and is_own(kind, {**api.where, **document}) else []


def asked_for(kind: Kind, verb: str, body: Json, shown: Json) -> Json:
    """The document of a request's body."""
    call: Call = getattr(kind.api, verb)
    if call.body and (found := _out_of_odd_body(call.body, body, (*kind.key, *shown))):
        return found
    data = body.get("data") if isinstance(body, dict) else None
    inside = kind.api.envelope.item(data) if isinstance(data, dict) else {}
    return kind.api.envelope.unwrap(body) or inside or body


def _out_of_odd_body(make: Callable[[Json], Json], body: Json, names: tuple[str, ...]) -> Json:
    """The document that a call's own function made a body of: probes tell where each field goes."""
    attributes = get(body, ("data", "attributes"), {})
    probe = {name: f"probe of {name}" for name in (*names, *body, *attributes)}
    try:
        places = {leaf: path for path, leaf in walk(make(probe)) if isinstance(leaf, str)}
    except (LookupError, TypeError, AttributeError):
        return {}
    found = {name: get(body, places[text]) for name, text in probe.items() if text in places}
    return {name: value for name, value in found.items() if value is not None}


def forget_written(last: dict[tuple[str, str], Any], exchange: Exchange) -> None:
    """After a write under an object's path, or of its key, its looks are unknown; of an order after any."""
    segments = unquote(exchange["path"].split("?")[0]).split("/")
    for key in [key for key in last if {*key[1].split("/")} <= {*segments, ""} or _writes(exchange, *key)]:
        del last[key]


def _writes(exchange: Exchange, name: str, id_: str) -> bool:
    """Whether a write that makes and changes alike has the object's key in its body."""
    update = find_kind(name).api.update
    same = update and (update.method, update.path) == (exchange["method"], exchange["path"].split("?")[0])
    return bool(same) and f'"{id_}"' in json.dumps(exchange["request_body"])


@cache
def _plain_paths() -> set[str]:
    return {call_path for _, call_path in endpoints() if "{" not in call_path}


@cache
def _calls() -> list[tuple[Kind, str, re.Pattern[str]]]:
    kinds = [kind for kind in map(find_kind, kind_names()) if kind.api]
    return [
        (kind, verb, re.compile(_pattern(call.path)))
        for kind in kinds
        for verb in ("create", "update", "read", "list")
        if (call := getattr(kind.api, verb))
    ]


def _pattern(path: str) -> str:
    """A path's template as a regular expression; fields inside fields are not kept."""
    return re.sub(r"\{[\w-]+\.[^}]+\}", "[^/]+", re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", path))
