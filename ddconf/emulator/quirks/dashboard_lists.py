"""Dashboard lists: the list itself on v1, its members on v2.

https://docs.datadoghq.com/api/latest/dashboard-lists/
"""

from __future__ import annotations

from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import number
from ddconf.emulator.quirks.dashboards import summary
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/dashboard/lists/manual"
MEMBERS = "/api/v2/dashboard/lists/manual/{id}/dashboards"


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Manual Dashboard List with id {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {}
    return {
        "name": sent["name"],
        "type": "manual_dashboard_list",
        "is_favorite": old.get("is_favorite", False),
        "author": old.get("author", {"name": call.actor.name, "handle": call.actor.handle}),
        "created": old.get("created", call.iso),
        "modified": call.iso,
        "dashboards": None,
        "dashboard_count": old.get("dashboard_count", 0),
    }


LISTS = ApiCollection(
    name="dashboard_list",
    path=PATH,
    new_id=number(6),
    items="dashboard_lists",
    deleted=200,
    rules={"name": "str!"},
    complete=_complete,
    delete_reply=lambda document: {"deleted_dashboard_list_id": document["id"]},
    missing=_missing,
)


def _collection(call: RouteCall) -> str:
    """Where the members of the list in the path are kept; the list must exist."""
    return f"dashboard_list_member/{LISTS.find(call)['id']}"


def _recount(call: RouteCall) -> None:
    count = len(call.store.ids(_collection(call)))
    call.store.put("dashboard_list", call.args["id"], LISTS.find(call) | {"dashboard_count": count})


def _named(call: RouteCall) -> list[Document]:
    """The members that a request names, as type and id."""
    items: Any = call.body.get("dashboards") if isinstance(call.body, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) and "id" in item for item in items):
        raise texts(400, "'dashboards' is a required property")
    return [{"type": item.get("type"), "id": item["id"]} for item in items]


@route("GET", MEMBERS)
def list_members(call: RouteCall) -> Response:
    shown = [_shown(call, member) for member in call.store.all(_collection(call))]
    return answer(200, {"total": len(shown), "dashboards": shown})


def _shown(call: RouteCall, member: Document) -> Document:
    dashboard = call.store.get("dashboard", member["id"])
    if dashboard is None:
        return member
    known = summary(dashboard)
    return member | {
        "title": known["title"],
        "url": known["url"],
        "created": known["created_at"],
        "modified": known["modified_at"],
        "author": {"name": dashboard.get("author_name"), "handle": dashboard.get("author_handle")},
        "is_favorite": member.get("is_favorite", False),
        "is_shared": False,
        "is_read_only": False,
        "tags": dashboard.get("tags"),
        "icon": None,
        "integration_id": None,
        "popularity": 0,
    }


@route("POST", MEMBERS)
def add(call: RouteCall) -> Response:
    members = _collection(call)
    added = [item for item in _named(call) if call.store.get(members, item["id"]) is None]
    for item in added:
        call.store.put(members, item["id"], item)
    _recount(call)
    return answer(200, {"added_dashboards_to_list": added})


@route("PUT", MEMBERS)
def replace(call: RouteCall) -> Response:
    members, named = _collection(call), _named(call)
    for id in call.store.ids(members):
        call.store.delete(members, id)
    for item in named:
        call.store.put(members, item["id"], item)
    _recount(call)
    return answer(200, {"dashboards": named})


@route("DELETE", MEMBERS)
def remove(call: RouteCall) -> Response:
    members = _collection(call)
    removed = [item for item in _named(call) if call.store.delete(members, item["id"])]
    _recount(call)
    return answer(200, {"deleted_dashboards_from_list": removed})
