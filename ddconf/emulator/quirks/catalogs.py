"""The software catalog and service definitions: what is written is bare, what is shown is not.

https://docs.datadoghq.com/api/latest/software-catalog/
"""

from __future__ import annotations

import base64
import json

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Response, answer, texts

SERVICES = "/api/v2/services/definitions"
ENTITIES = "/api/v2/catalog/entity"
KINDS = "/api/v2/catalog/kind"
_NUMBERED = PageParameters("page", "page[number]", "page[size]", default=10)
_FROM = PageParameters("offset", "page[offset]", "page[limit]", default=100)


def _shown(service: Document) -> Document:
    attributes = {"schema": service["schema"], "meta": {"origin": "api"}}
    return {"id": service["id"], "type": "service-definition", "attributes": attributes}


@route("POST", SERVICES)
def write_service(call: RouteCall) -> Response:
    name = call.body.get("dd-service")
    if not name:
        raise texts(400, "'dd-service' is a required property")
    id = (call.store.get("service_definition", name) or {}).get("id") or uuid(call.store.random)
    kept = call.store.put("service_definition", name, {"id": id, "schema": call.body})
    return answer(200, {"data": [_shown(kept)]})


@route("GET", SERVICES)
def list_services(call: RouteCall) -> Response:
    found = _NUMBERED.cut(call, call.store.all("service_definition"))
    return answer(200, {"data": [_shown(service) for service in found]})


@route("GET", f"{SERVICES}/{{id}}")
def read_service(call: RouteCall) -> Response:
    found = call.store.get("service_definition", call.args["id"])
    if found is None:
        raise texts(404, "Not Found")
    return answer(200, {"data": _shown(found)})


@route("DELETE", f"{SERVICES}/{{id}}")
def delete_service(call: RouteCall) -> Response:
    if not call.store.delete("service_definition", call.args["id"]):
        raise texts(404, "Not Found")
    return answer(204)


def _ref(entity: Document) -> str:
    metadata = entity["metadata"]
    return f"{entity['kind']}:{metadata.get('namespace', 'default')}/{metadata['name']}"


@route("POST", ENTITIES)
def write_entity(call: RouteCall) -> Response:
    ref = _ref(call.body)
    id = (call.store.get("entity", ref) or {}).get("id") or uuid(call.store.random)
    call.store.put("entity", ref, {"id": id, "raw": call.body})
    return answer(202, {"data": [{"id": id, "type": "entity", "attributes": {"kind": call.body["kind"]}}]})


@route("GET", ENTITIES)
def list_entities(call: RouteCall) -> Response:
    found = _FROM.cut(call, call.store.all("entity"))
    data = [
        {"id": item["id"], "type": "entity", "attributes": {"name": item["raw"]["metadata"]["name"]}}
        for item in found
    ]
    schemas = [
        {
            "id": item["id"],
            "type": "schema",
            "attributes": {"schema": base64.b64encode(json.dumps(item["raw"]).encode()).decode()},
        }
        for item in found
    ]
    shown = {"data": data, "meta": {"count": len(data)}}
    return answer(200, shown | ({"included": schemas} if call.query.get("include") == "raw_schema" else {}))


@route("DELETE", f"{ENTITIES}/{{id}}")
def delete_entity(call: RouteCall) -> Response:
    wanted = call.args["id"]
    for item in call.store.all("entity"):
        if wanted in (item["id"], _ref(item["raw"])):
            call.store.delete("entity", _ref(item["raw"]))
            return answer(204)
    raise texts(404, "Not Found")


@route("POST", KINDS)
def write_kind(call: RouteCall) -> Response:
    name = call.body["kind"]
    kept = {"id": name, "type": "kind", "attributes": {k: v for k, v in call.body.items() if k != "kind"}}
    kept["attributes"]["name"] = name
    call.store.put("catalog_kind", name, kept)
    return answer(202, {"data": [kept]})


@route("GET", KINDS)
def list_kinds(call: RouteCall) -> Response:
    return answer(200, {"data": _FROM.cut(call, call.store.all("catalog_kind"))})


@route("DELETE", f"{KINDS}/{{id}}")
def delete_kind(call: RouteCall) -> Response:
    if not call.store.delete("catalog_kind", call.args["id"]):
        raise texts(404, "Not Found")
    return answer(204)
