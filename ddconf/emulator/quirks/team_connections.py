"""Teams tied to teams of a code host, and the synchronisation of both.

https://docs.datadoghq.com/api/latest/teams/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters, number_links
from ddconf.emulator.wire import Document, Response, answer, detailed

PATH = "/api/v2/team/connections"
SYNC = "/api/v2/team/sync"
_PAGES = PageParameters("page", "page[number]", "page[size]", default=10, extra=number_links)


def _items(call: RouteCall) -> list[Document]:
    items = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(items, list) or not items:
        detail = 'attribute "data" at least one team connection must be provided'
        raise detailed(400, status="400", title="Bad Request", detail=detail)
    return items


@route("GET", PATH)
def list_connections(call: RouteCall) -> Response:
    teams = _wanted(call, "filter[team_ids]")
    ids = _wanted(call, "filter[connection_ids]")
    found = [
        connection
        for connection in call.store.all("team_connection")
        if (not teams or connection["relationships"]["team"]["data"]["id"] in teams)
        and (not ids or connection["id"] in ids)
    ]
    shown = _PAGES.cut(call, found)
    return answer(200, {"data": shown, **_PAGES.extra(call, len(found), len(shown))})


def _wanted(call: RouteCall, name: str) -> list[str]:
    return [id for id in call.query.get(name, "").split(",") if id]


@route("POST", PATH)
def connect(call: RouteCall) -> Response:
    made = [
        item
        | {
            "id": call.store.new_id("team_connection", uuid),
            "attributes": {"source": "github", "managed_by": call.actor.uuid} | item.get("attributes", {}),
        }
        for item in _items(call)
    ]
    for connection in made:
        call.store.put("team_connection", connection["id"], connection)
    return answer(201, {"data": made})


@route("DELETE", PATH)
def disconnect(call: RouteCall) -> Response:
    for item in _items(call):
        call.store.delete("team_connection", item["id"])
    return answer(204)


@route("GET", SYNC)
def read_sync(call: RouteCall) -> Response:
    source = call.query.get("filter[source]", "github")
    sync = call.store.get("team_sync", source)
    return answer(200, {"data": [sync] if sync else []})


@route("POST", SYNC)
def write_sync(call: RouteCall) -> Response:
    """One configuration for each source; a write replaces it."""
    sent = call.body["data"]
    source = sent["attributes"].get("source", "github")
    old = call.store.get("team_sync", source) or {"id": uuid(call.store.random)}
    kept = {"frequency": "once", "sync_membership": False} | sent["attributes"]
    call.store.put("team_sync", source, {"id": old["id"], "type": "team_sync_bulk", "attributes": kept})
    return answer(204)
