"""The routes of what collections.json describes: answers with the documented status, below known parents."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from ddconf.emulator.call import Route, RouteCall
from ddconf.emulator.collections import Row, ids_in, orders, plain_collections, rows
from ddconf.emulator.crud import collection_routes
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.operations import documented_status, documented_style
from ddconf.emulator.singletons import delete_singleton, read_singleton, singletons, write_singleton
from ddconf.emulator.wire import Refusal, Response, answer

Find = Callable[[str, str], tuple[Route, dict[str, str]] | None]
"""The route of a method and a path, with the values of its placeholders."""
_PARENTS = {
    "/api/v2/dashboard": "/api/v1/dashboard",
    "/api/v2/on-call/users": "/api/v2/users",
    "/api/v2/service_accounts": "/api/v2/users",
}
"""Where the objects of a parent are read, if not below its own path."""


def plain_routes(find: Find) -> dict[tuple[str, str], Route]:
    found = {
        key: partial(_below_parents, find, _style(row), key[1], handler)
        for row, collection in zip(rows()["collections"], plain_collections(), strict=True)
        for key, handler in collection_routes(collection).items()
    }
    for row in singletons():
        found["GET", row["path"]] = partial(read_singleton, row)
        for method in (row["update"], *row.get("create", ())):
            found[method, row["path"]] = partial(write_singleton, row)
        if row.get("deletable"):
            found["DELETE", row["path"]] = partial(delete_singleton, row)
    for path, method, name in orders():
        found[method, path] = partial(_arrange, name)
    shown = {
        (method, path): status
        for row in rows()["collections"]
        for path in (row["path"], row.get("item_path") or f"{row['path']}/{{id}}")
        for method, status in row.get("status", {}).items()
    }
    return {
        key: partial(_documented, shown.get(key) or documented_status(*key), handler)
        for key, handler in found.items()
    }


def _documented(status: int, handler: Route, call: RouteCall) -> Response:
    """The answer with the status that Datadog documents; 204 has no body."""
    response = handler(call)
    if response.status >= 300 or response.status == status:
        return response
    return answer(status, None if status == 204 else response.json() or {})


def _style(row: Row) -> str:
    style: str = row.get("errors") or documented_style(row["path"] or row["item_path"])
    return style


def _below_parents(find: Find, style: str, template: str, handler: Route, call: RouteCall) -> Response:
    """A child of what is not there is neither made nor shown."""
    wanted, given = template.strip("/").split("/"), call.path.strip("/").split("/")
    last = len(wanted) - 1
    for place, (segment, _) in enumerate(zip(wanted, given, strict=True)):
        if segment.startswith("{") and place < last:
            _require(find, style, "/" + "/".join(given[: place + 1]), call)
    return handler(call)


def _require(find: Find, style: str, path: str, call: RouteCall) -> None:
    above, _, id = path.rpartition("/")
    found = find("GET", f"{_PARENTS.get(above, above)}/{id}")
    if not found:
        return
    handler, args = found
    parent = replace(call, method="GET", path=path, args=args, query={}, body=None)
    try:
        handler(parent)
    except Refusal as error:
        raise refusal(style, 404, f"{id} not found") from error


def _arrange(name: str, call: RouteCall) -> Response:
    """Every object must be named once."""
    ids = list(ids_in(call.body))
    collection = "/".join([name, *call.args.values()])
    row = next((row for row in rows()["collections"] if row["name"] == name), {})
    known = call.store.ids(collection)
    if "missing" in row and not set(ids) <= set(known):
        raise refusal(documented_style(call.path), row["missing"], "The order names what is not there")
    if sorted(ids) != sorted(known):
        raise refusal(documented_style(call.path), 422, "The order must name every object exactly once")
    call.store.set_fact(f"order/{name}", ids)
    return answer(200, call.body)
