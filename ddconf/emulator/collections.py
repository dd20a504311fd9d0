"""Collections without a file in quirks/: plain CRUD described by one line each in collections.json.

Read only when no other route fits, since most organisations never ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from ddconf.emulator.call import Call, Route
from ddconf.emulator.generic import Family, family_routes
from ddconf.emulator.ids import number, uuid
from ddconf.emulator.pages import Pages
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

_TABLE = Path(__file__).with_name("collections.json")


@cache
def plain_families() -> tuple[Family, ...]:
    """A Family for every line of the table."""
    return tuple(_family(row) for row in json.loads(_TABLE.read_bytes())["collections"])


@cache
def singletons() -> tuple[tuple[str, str, str], ...]:
    """Path, method of the update and JSON:API type of what always exists and is never deleted."""
    rows = json.loads(_TABLE.read_bytes())["singletons"]
    return tuple((row["path"], row["update"], row["type"]) for row in rows)


def plain_routes() -> dict[tuple[str, str], Route]:
    routes = {key: route for family in plain_families() for key, route in family_routes(family).items()}
    for path, method, type in singletons():
        routes["GET", path] = partial(_read_singleton, type)
        routes[method, path] = partial(_write_singleton, type)
    return routes


def _family(row: dict[str, Any]) -> Family:
    secrets = tuple(row.get("secrets", ()))
    return Family(
        name=row["name"],
        path=row["path"],
        type=row.get("type", ""),
        items=row.get("items", ""),
        id_field=row.get("id_field", "id"),
        own_id=_reader(row["own_id"]) if row.get("own_id") else None,
        new_id=number(8) if row.get("integer") else uuid,
        update=(row["update"],) if "update" in row else (),
        merges=row.get("merges", False),
        rules=dict.fromkeys(row.get("required", ()), "any!"),
        defaults=row.get("defaults", {}),
        pages=Pages(row["pages"][0], row["pages"][1], row["pages"][2]) if "pages" in row else None,
        show=lambda _call, document: _without(document, secrets),
        missing=_missing,
    )


def _missing(_call: Call, id: str) -> Refusal:
    return texts(404, f"{id} not found")


def _reader(path: str) -> Callable[[Document], str]:
    """How to find the id that a new object brings along."""

    def read(document: Document) -> str:
        value: Any = document
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        if value is None:
            raise texts(400, f"'{path}' is a required property")
        return str(value)

    return read


def _without(document: Document, secrets: tuple[str, ...]) -> Document:
    if not secrets:
        return document
    shown = {key: value for key, value in document.items() if key not in secrets}
    if "attributes" in shown:
        shown["attributes"] = {k: v for k, v in shown["attributes"].items() if k not in secrets}
    return shown


def _read_singleton(type: str, call: Call) -> Response:
    kept = call.store.fact(f"singleton{call.path}")
    if kept is None:
        kept = {"data": {"id": "default", "type": type, "attributes": {}}} if type else {}
    return answer(200, kept)


def _write_singleton(type: str, call: Call) -> Response:
    if not isinstance(call.body, dict) or (type and "data" not in call.body):
        raise texts(400, "The request body is not a valid object")
    kept = {"data": {"id": "default", **call.body["data"]}} if type else call.body
    call.store.set_fact(f"singleton{call.path}", kept)
    return answer(200, kept)
