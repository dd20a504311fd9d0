"""Collections without a file in quirks/: plain CRUD described by one line each in collections.json.

Read only when no other route fits, since most organisations never ask.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, Literal

from ddconf.emulator.call import Route, RouteCall
from ddconf.emulator.generic import Family, family_routes
from ddconf.emulator.ids import number, uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer, texts

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


@cache
def orders() -> tuple[tuple[str, str, str], ...]:
    """Path and method that arrange a collection, and its name; the list tells the order."""
    rows = json.loads(_TABLE.read_bytes())["orders"]
    return tuple((row["path"], row["update"], row["of"]) for row in rows)


def plain_routes() -> dict[tuple[str, str], Route]:
    routes = {key: route for family in plain_families() for key, route in family_routes(family).items()}
    for path, method, type in singletons():
        routes["GET", path] = partial(_read_singleton, type)
        routes[method, path] = partial(_write_singleton, type)
    for path, method, collection in orders():
        routes[method, path] = partial(_arrange, collection)
    return routes


def _family(row: dict[str, Any]) -> Family:
    secrets = tuple(row.get("secrets", ()))
    return Family(
        name=row["name"],
        path=row["path"],
        lists_at=row.get("lists_at", ""),
        listed=not row.get("unlisted", False),
        one_at=row.get("one_at", ""),
        type=row.get("type", ""),
        items=row.get("items", ""),
        id_field=row.get("id_field", "id"),
        own_id=_reader(row["own_id"]) if row.get("own_id") else None,
        new_id=number(8) if row.get("integer") else uuid,
        update=(row["update"],) if "update" in row else (),
        upsert=tuple(row.get("upsert", ())),
        merges=row.get("merges", False),
        rules=dict.fromkeys(row.get("required", ()), "any!"),
        defaults=row.get("defaults", {}),
        partial_update=tuple(row.get("create_only", ())),
        pages=_pages(*row["pages"]) if "pages" in row else None,
        show=lambda _call, document: _without(document, secrets),
        select=partial(_selected, row["name"], row.get("filter", {})),
        missing=_missing,
    )


def _pages(style: Literal["page", "offset"], first: str, size: str, origin: int) -> PageParameters:
    return PageParameters(style, first, size, origin=origin)


def _selected(
    name: str, filters: dict[str, str], call: RouteCall, documents: list[Document]
) -> list[Document]:
    """Those that the query asks for, in their order."""
    for parameter, path in filters.items():
        if parameter in call.query:
            documents = [item for item in documents if _at(item, path) == call.query[parameter]]
    return _in_order(name, call, documents)


def _at(document: Json, path: str) -> Json:
    for key in path.split("."):
        document = document.get(key) if isinstance(document, dict) else None
    return document


def _in_order(name: str, call: RouteCall, documents: list[Document]) -> list[Document]:
    """As the order endpoint said last; what came later stands at the end."""
    place = {id: index for index, id in enumerate(call.store.fact(f"order/{name}", []))}
    return sorted(documents, key=lambda document: place.get(document.get("id"), len(place)))


def _missing(_call: RouteCall, id: str) -> Refusal:
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
    shown: Document = json.loads(json.dumps(document))
    for secret in secrets:
        for item in (shown, shown.get("attributes")):
            _drop(item, secret.split("."))
    return shown


def _drop(item: Any, keys: list[str]) -> None:
    for key in keys[:-1]:
        item = item.get(key) if isinstance(item, dict) else None
    if isinstance(item, dict):
        item.pop(keys[-1], None)


def _read_singleton(type: str, call: RouteCall) -> Response:
    kept = call.store.fact(f"singleton{call.path}")
    if kept is None:
        kept = {"data": {"id": "default", "type": type, "attributes": {}}} if type else {}
    return answer(200, kept)


def _write_singleton(type: str, call: RouteCall) -> Response:
    if not isinstance(call.body, dict) or (type and "data" not in call.body):
        raise texts(400, "The request body is not a valid object")
    kept = {"data": {"id": "default", **call.body["data"]}} if type else call.body
    call.store.set_fact(f"singleton{call.path}", kept)
    return answer(200, kept)


def _arrange(name: str, call: RouteCall) -> Response:
    """Every object must be named once."""
    ids = list(_ids(call.body))
    collection = "/".join([name, *call.args.values()])
    if sorted(ids) != sorted(call.store.ids(collection)):
        raise texts(400, "The order must name every object exactly once")
    call.store.set_fact(f"order/{name}", ids)
    return answer(200, call.body)


def _ids(node: Any) -> Iterator[str]:
    """The ids in a list of links, wherever the body has it."""
    if isinstance(node, list):
        yield from (str(item["id"]) for item in node if isinstance(item, dict) and "id" in item)
        yield from (item for item in node if isinstance(item, str))
    elif isinstance(node, dict):
        for value in node.values():
            yield from _ids(value)
