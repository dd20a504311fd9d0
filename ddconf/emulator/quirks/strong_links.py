"""Links of RUM operations and features, told apart by both ids. https://docs.datadoghq.com/api/latest/rum/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Response, answer, texts

PATH = "/api/v2/rum/operations/strong_links"
_KIND = "rum_operation_strong_link"
_SHOWN = ("operation_id", "feature_id", "status", "description", "tags")
_PAGES = PageParameters("offset", "page[offset]", "page[limit]", default=100)


@route("GET", PATH)
def list_links(call: RouteCall) -> Response:
    every = call.store.all(_KIND)
    return answer(200, {"data": _PAGES.cut(call, every), "meta": {"total": len(every)}})


@route("POST", PATH)
def create_link(call: RouteCall) -> Response:
    sent = {"operation_id": uuid(call.store.random), "status": "CONFIRMED", **call.body["data"]["attributes"]}
    shown = {name: sent[name] for name in _SHOWN if name in sent}
    times = {"created_at": call.zulu, "updated_at": call.zulu}
    link = {"id": uuid(call.store.random), "type": "strong_links", "attributes": {**shown, **times}}
    call.store.put(_KIND, f"{sent['operation_id']}/{sent['feature_id']}", link)
    return answer(200, {"data": link})


@route("PUT", f"{PATH}/{{operation}}/{{feature}}")
def update_link(call: RouteCall) -> Response:
    link = _found(call)
    changed = {**link["attributes"], **call.body["data"]["attributes"], "updated_at": call.zulu}
    return answer(200, {"data": call.store.put(_KIND, _key(call), {**link, "attributes": changed})})


@route("DELETE", f"{PATH}/{{operation}}/{{feature}}")
def delete_link(call: RouteCall) -> Response:
    _found(call)
    call.store.delete(_KIND, _key(call))
    return answer(204)


def _key(call: RouteCall) -> str:
    return f"{call.args['operation']}/{call.args['feature']}"


def _found(call: RouteCall) -> Document:
    found = call.store.get(_KIND, _key(call))
    if found is None:
        raise texts(404, "strong link not found")
    return found
