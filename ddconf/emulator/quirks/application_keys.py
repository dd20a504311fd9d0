"""All application keys of an organisation, whoever owns them; the secret itself is not told here.

https://docs.datadoghq.com/api/latest/key-management/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Response, answer, texts

_PATH = "/api/v2/application_keys"
_PAGES = PageParameters("page", "page[number]", "page[size]", default=100)


def _all(call: RouteCall) -> list[tuple[str, Document]]:
    """Each key with the collection that it is kept in: of the user, or of a service account."""
    accounts = [user["id"] for user in call.store.all("user") if user["attributes"].get("service_account")]
    places = ["application_key", *(f"service_account_application_key/{id}" for id in accounts)]
    return [(place, key) for place in places for key in call.store.all(place)]


def _show(call: RouteCall, place: str, key: Document) -> Document:
    owner = place.partition("/")[2] or call.actor.uuid
    links = {"owned_by": {"data": {"type": "users", "id": owner}}, "leak_information": {"data": None}}
    attributes = {name: value for name, value in key["attributes"].items() if name != "key"}
    shown = {**key, "attributes": attributes, "relationships": {**links, **key.get("relationships", {})}}
    if call.method == "GET":
        attributes.setdefault("last_used_at", None)
    return shown


def _find(call: RouteCall) -> tuple[str, Document]:
    for place, key in _all(call):
        if key["id"] == call.args["id"]:
            return place, key
    raise texts(404, "Application key not found")


@route("GET", _PATH)
def list_keys(call: RouteCall) -> Response:
    text = call.query.get("filter", "").lower()
    found = [_show(call, *item) for item in _all(call)]
    named = [key for key in found if text in str(key["attributes"].get("name", "")).lower()]
    page = {"page": {"total_filtered_count": len(named)}}
    return answer(200, {"data": _PAGES.cut(call, named), "meta": page})


@route("GET", f"{_PATH}/{{id}}")
def read_key(call: RouteCall) -> Response:
    return answer(200, {"data": _show(call, *_find(call))})


@route("PATCH", f"{_PATH}/{{id}}")
def change_key(call: RouteCall) -> Response:
    place, key = _find(call)
    sent = call.body["data"].get("attributes", {})
    changed = {field: sent[field] for field in ("name", "scopes") if field in sent}
    kept = {**key, "attributes": {**key["attributes"], **changed}}
    return answer(200, {"data": _show(call, place, call.store.put(place, key["id"], kept))})


@route("DELETE", f"{_PATH}/{{id}}")
def delete_key(call: RouteCall) -> Response:
    place, key = _find(call)
    call.store.delete(place, key["id"])
    return answer(204)
