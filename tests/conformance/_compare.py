"""Is an emulated answer the recorded one? Equal but for ids, times, authors and what is drawn at random."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from ddconf.emulator.wire import Response
from tests.conformance._replay import Exchange, Organisation

Json = Any
DATA = Path(__file__).parent / "data" / "emulator_misses.json"
_MISSING = object()
_LOCAL_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_EMPTY: tuple[Json, ...] = (None, [], "")


@cache
def tolerated() -> dict[str, Json]:
    """What may differ, with the reason of each, and the known misses."""
    return dict(json.loads(DATA.read_text()))


Told = dict[str, str]
"""The day on which a field is first told in the answers of a family, by the field's place."""


def first_told(tests: Iterable[list[Exchange]]) -> dict[str, Told]:
    """By family, when each field of the answers came into being, as far as the recordings tell."""
    told: dict[str, Told] = {}
    for test in tests:
        for exchange in test:
            if exchange["status"] < 300:
                for name in (exchange["family"], f"{exchange['family']} {request_form(exchange)}"):
                    days = told.setdefault(name, {})
                    _note(days, "", exchange["response_body"], exchange["recorded_at"][:10])
    return told


def request_form(exchange: Exchange) -> str:
    """The method and the path of a request with its ids blank."""
    path = re.sub(
        r"(?<=/)[^/]*\d[^/]*(?=/|$)", "*", exchange["path"].partition("?")[0].removeprefix("/api/v")
    )
    return f"{exchange['method']} {path}"


def told_for(told: dict[str, Told], exchange: Exchange) -> Told:
    """The days that hold for the answers to such a request; where they tell none, those of the family."""
    family = exchange["family"]
    return told.get(family, {}) | told.get(f"{family} {request_form(exchange)}", {})


def _note(days: Told, path: str, node: Json, day: str) -> None:
    if isinstance(node, list):
        for item in node:
            _note(days, path, item, day)
    elif isinstance(node, dict):
        for key, value in node.items():
            place = f"{path}.{key}"
            days[place] = min(day, days.get(place, day))
            _note(days, place, value, day)


def difference(
    family: str, exchange: Exchange, response: Response, organisation: Organisation, told: Told
) -> str:
    """The first difference in words; empty when the answer is right.

    A field of ours that Datadog began to tell only after the recording is none.
    """
    aged = _aged(family, exchange, response)
    if response.status != exchange["status"] and not aged:
        return f"status {response.status} instead of {exchange['status']}: {response.body[:200]!r}"
    recorded, ours = _opened(exchange["response_body"]), _opened(_body(response))
    if exchange["status"] >= 400:
        wanted, got = _shape(recorded), _shape(ours)
        same = wanted == got or wanted in ("''", "html") or _aged_shape(family, exchange, wanted)
        return "" if same else f"error shape {got} instead of {wanted}"
    if aged and not recorded and not ours:
        return ""  # of two ways to say nothing the success code decides
    wanted = _pruned(family, exchange, organisation.translated(recorded), {})
    got = _pruned(family, exchange, ours, told)
    sets = _patterns("unordered", family)
    return _diff("", wanted, got, _Leeway(organisation.found, sets, _patterns("drawn", family)))


@dataclass(frozen=True)
class _Leeway:
    """What may differ: ids in one list alone, lists without an order, values of the server's own."""

    found: set[str]
    sets: list[re.Pattern[str]]
    drawn: list[re.Pattern[str]]


def _patterns(part: str, family: str) -> list[re.Pattern[str]]:
    """The places that a part of the rules names for a family."""
    rules = tolerated()[part]
    return [
        re.compile(rule["field"]) for rule in rules if family in rule["families"] or "*" in rule["families"]
    ]


def _aged(family: str, exchange: Exchange, response: Response) -> bool:
    """Has Datadog answered this kind of request with another success code back then?"""
    return any(
        rule["family"] == family
        and rule["recorded"] == exchange["status"]
        and rule["today"] == response.status
        and exchange["recorded_at"] < rule["before"]
        for rule in tolerated()["statuses"]
    )


def _aged_shape(family: str, exchange: Exchange, shape: str) -> bool:
    """Has Datadog told the errors of this family in another shape back then?"""
    return any(
        rule["family"] == family and rule["recorded"] == shape and exchange["recorded_at"] < rule["before"]
        for rule in tolerated()["shapes"]
    )


def _body(response: Response) -> Json:
    try:
        return response.json() if response.body else ""
    except ValueError:
        return response.body.decode(errors="surrogateescape")


def _opened(body: Json) -> Json:
    """The files in an archive, which a recording tells in base64; all else as it is."""
    if not isinstance(body, str) or not body.startswith(("UEsDB", "PK")):
        return body
    packed = body.encode("utf-8", "surrogateescape") if body.startswith("PK") else base64.b64decode(body)
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: json.loads(text) if name.endswith(".json") else text for name, text in texts.items()}


def _shape(body: Json) -> str:
    """The keys and types of an error, without how many there are of each."""
    if isinstance(body, dict):
        return "{" + ",".join(f"{key}:{_shape(body[key])}" for key in sorted(body)) + "}"
    if isinstance(body, list):
        return "[" + (_shape(body[0]) if body else "") + "]"
    return type(body).__name__ if body else "''"


def _pruned(family: str, exchange: Exchange, body: Json, told: Told) -> Json:
    """A body without the fields that the data file lets differ, and those told only later."""
    rules = [
        rule
        for rule in tolerated()["ignored"]
        if rule["family"] in (family, "*")
        and exchange["recorded_at"] < rule.get("before", "9")
        and re.search(rule.get("path", ""), exchange["path"])
    ]
    dropped = [re.compile(rule["field"]) for rule in rules]
    emptied = [re.compile(rule["field"]) for rule in tolerated()["alike"] if rule["family"] == family]
    day = exchange["recorded_at"][:10]

    def kept(path: str, value: Json) -> bool:
        if told.get(path, day) > day or any(pattern.search(path) for pattern in dropped):
            return False
        return value not in _EMPTY or not any(pattern.search(path) for pattern in emptied)

    return _without(body, "", kept)


def _without(node: Json, path: str, kept: Callable[[str, Json], bool]) -> Json:
    if isinstance(node, list):
        return [_without(item, path, kept) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: _without(value, f"{path}.{key}", kept)
        for key, value in node.items()
        if kept(f"{path}.{key}", value)
    }


def _diff(path: str, wanted: Json, got: Json, lists: _Leeway) -> str:
    if isinstance(wanted, dict) and isinstance(got, dict):
        for key in sorted(wanted.keys() | got.keys(), key=str):
            text = _diff(f"{path}.{key}", wanted.get(key, _MISSING), got.get(key, _MISSING), lists)
            if text:
                return text
        return ""
    if isinstance(wanted, list) and isinstance(got, list):
        return _list_diff(path, wanted, got, lists)
    same = (wanted == got and isinstance(wanted, bool) == isinstance(got, bool)) or _moments(wanted, got)
    same = same or (_is_drawn(path, lists) and type(wanted) is type(got))
    return "" if same else f"{path or '.'}: {_text(got)} instead of {_text(wanted)}"


def _is_drawn(path: str, leeway: _Leeway) -> bool:
    """Whether a place holds what only the server knows: of one value there only the type is compared."""
    place = re.sub(r"\[\d+\]", "", path)
    return any(pattern.search(place) for pattern in leeway.drawn)


def _moments(wanted: Json, got: Json) -> bool:
    """Two times without a zone, as the server fills them in, that differ by the seconds a request takes."""
    if not (isinstance(wanted, str) and isinstance(got, str) and _LOCAL_TIME.fullmatch(wanted)):
        return False
    if not _LOCAL_TIME.fullmatch(got):
        return False
    apart = datetime.fromisoformat(wanted) - datetime.fromisoformat(got)
    return abs(apart) < timedelta(minutes=1)


def _list_diff(path: str, wanted: list[Json], got: list[Json], lists: _Leeway) -> str:
    if _is_collection(wanted) or _is_collection(got):
        wanted, got = _comparable(wanted, got, lists.found)
    if any(pattern.search(re.sub(r"\[\d+\]", "", path)) for pattern in lists.sets):
        wanted, got = sorted(wanted, key=str), sorted(got, key=str)
    if len(wanted) != len(got):
        return f"{path}: {len(got)} items instead of {len(wanted)}: {_text(got)} instead of {_text(wanted)}"
    for index, (left, right) in enumerate(zip(wanted, got, strict=True)):
        if text := _diff(f"{path}[{index}]", left, right, lists):
            return text
    return ""


def _is_collection(items: list[Json]) -> bool:
    return bool(items) and all(isinstance(item, dict) and _id(item) for item in items)


def _id(item: dict[str, Json]) -> str:
    return str(item.get("id") or item.get("public_id") or "")


def _comparable(wanted: list[Json], got: list[Json], found: set[str]) -> tuple[list[Json], list[Json]]:
    """Objects by id; those that the recording found there count only where both lists show them."""
    left, right = {_id(item): item for item in wanted}, {_id(item): item for item in got}
    strange = (left.keys() ^ right.keys()) & found
    order = [key for key in left if key not in strange]
    return (
        [left[key] for key in order],
        [right[key] for key in order if key in right]
        + [right[key] for key in right if key not in left and key not in strange],
    )


def _text(value: Json) -> str:
    return "absent" if value is _MISSING else json.dumps(value)[:300]
