"""The software catalog and service definitions: what is written is bare, what is shown is not.

https://docs.datadoghq.com/api/latest/software-catalog/
"""

from __future__ import annotations

import base64
import json

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer, texts

SERVICES = "/api/v2/services/definitions"
ENTITIES = "/api/v2/catalog/entity"
KINDS = "/api/v2/catalog/kind"
_NUMBERED = PageParameters("page", "page[number]", "page[size]", default=10)
_FROM = PageParameters("offset", "page[offset]", "page[limit]", default=100)
_SCHEMAS = ("v1", "v2", "v2.1", "v2.2")


def _read(call: RouteCall) -> Document:
    """A definition: JSON, or YAML as a text."""
    body = call.body
    if isinstance(body, str):
        import yaml

        try:
            body = yaml.safe_load(body)
        except yaml.YAMLError as error:
            raise texts(400, f"invalid YAML: {error}") from error
    if not isinstance(body, dict):
        raise texts(400, "The definition is not an object")
    return dict(json.loads(json.dumps(body, default=str)))


def _no_service() -> Refusal:
    return Refusal(answer(404, {"errors": ["Not Found"], "error_details": [{}]}))


def _service(call: RouteCall, service: Document) -> Document:
    schema = service["schema"]
    meta = {
        "last-modified-time": service.get("modified", call.zulu),
        "github-html-url": "",
        "ingestion-source": "api",
        "origin": service.get("origin", "unknown"),
        "origin-detail": "",
        "warnings": [],
        "ingested-schema-version": schema.get("schema-version", "v1"),
    }
    return {"type": "service-definition", "attributes": {"meta": meta, "schema": schema}}


def _service_name(schema: Document) -> str:
    info = schema.get("info") or {}
    return str(schema.get("dd-service") or (info.get("dd-service") if isinstance(info, dict) else "") or "")


@route("POST", SERVICES)
def write_service(call: RouteCall) -> Response:
    schema = _read(call)
    name = _service_name(schema)
    if not name or schema.get("schema-version", "v1") not in _SCHEMAS:
        wrong = "'dd-service' is a required property" if not name else "unknown schema-version"
        raise Refusal(answer(400, {"errors": [wrong], "error_details": [{}]}))
    id = (call.store.get("service_definition", name) or {}).get("id") or uuid(call.store.random)
    origin = "dd_terraform" if call.agent.startswith("terraform") else "unknown"
    kept = {"id": id, "schema": schema, "modified": call.zulu, "origin": origin}
    return answer(200, {"data": [_service(call, call.store.put("service_definition", name, kept))]})


@route("GET", SERVICES)
def list_services(call: RouteCall) -> Response:
    found = _NUMBERED.cut(call, call.store.all("service_definition"))
    return answer(200, {"data": [{"id": item["id"], **_service(call, item)} for item in found]})


@route("GET", f"{SERVICES}/{{id}}")
def read_service(call: RouteCall) -> Response:
    found = call.store.get("service_definition", call.args["id"])
    if found is None:
        raise _no_service()
    return answer(200, {"data": {"id": found["id"], **_service(call, found)}})


@route("DELETE", f"{SERVICES}/{{id}}")
def delete_service(call: RouteCall) -> Response:
    if not call.store.delete("service_definition", call.args["id"]):
        raise _no_service()
    return answer(204)


def _ref(entity: Document) -> str:
    metadata = entity["metadata"]
    return f"{entity['kind']}:{metadata.get('namespace', 'default')}/{metadata['name']}"


def _entity(call: RouteCall, kept: Document) -> Document:
    raw, metadata = kept["raw"], kept["raw"]["metadata"]
    told = {key: metadata[key] for key in ("displayName", "name", "owner", "tags") if metadata.get(key)}
    named = {"apiVersion": raw.get("apiVersion", "v3"), "kind": raw["kind"]}
    moment = kept.get("modified", call.zulu)
    times = {"createdAt": kept.get("created", moment), "modifiedAt": moment}
    return {
        "id": kept["id"],
        "type": "entity",
        "attributes": {**named, "namespace": metadata.get("namespace", "default"), **told},
        "meta": {**times, "ingestionSource": "api", "origin": "unknown"},
    }


def _full(raw: Document) -> Document:
    """A definition as the catalog keeps it: empty parts are left out, the namespace is told."""
    cleaned: Document = _without_empty(raw)
    cleaned["metadata"] = {"namespace": "default", **cleaned["metadata"]}
    return cleaned


def _without_empty(node: Json) -> Json:
    if isinstance(node, dict):
        shown = {key: _without_empty(value) for key, value in node.items()}
        return {key: value for key, value in shown.items() if value not in ({}, [], None, "")}
    if isinstance(node, list):
        return [item for item in map(_without_empty, node) if item not in ({}, [])]
    return node


def _included(kept: Document, part: str) -> Document:
    if part == "raw_schema":
        text = base64.b64encode(json.dumps(kept["raw"]).encode()).decode()
        return {"id": kept["id"], "type": "rawSchema", "attributes": {"rawSchema": text}}
    return {"id": kept["id"], "type": "schema", "attributes": {"schema": _full(kept["raw"])}}


def _links(kept: Document, part: str) -> Document:
    name, type = ("rawSchema", "rawSchema") if part == "raw_schema" else ("schema", "schema")
    return {"relationships": {name: {"data": {"id": kept["id"], "type": type}}}}


@route("POST", ENTITIES)
def write_entity(call: RouteCall) -> Response:
    raw = _read(call)
    if not (raw.get("kind") and isinstance(raw.get("metadata"), dict) and raw["metadata"].get("name")):
        raise texts(400, "'kind' and 'metadata.name' are required properties")
    ref = _ref(raw)
    before = call.store.get("entity", ref) or {"id": uuid(call.store.random), "created": call.zulu}
    kept = call.store.put("entity", ref, {**before, "raw": raw, "modified": call.zulu})
    data = {**_entity(call, kept), **_links(kept, "schema")}
    counts = {"count": 1, "includeCount": 1}
    return answer(202, {"data": [data], "meta": counts, "included": [_included(kept, "schema")]})


@route("GET", ENTITIES)
def list_entities(call: RouteCall) -> Response:
    """`include` adds the definitions; filters are exact."""
    found = [item for item in call.store.all("entity") if _is_asked_for(call, item)]
    parts = [part for part in call.query.get("include", "").split(",") if part in ("schema", "raw_schema")]
    shown = []
    for item in _FROM.cut(call, found):
        links: Document = {}
        for part in parts:
            links |= _links(item, part)["relationships"]
        shown.append({**_entity(call, item), **({"relationships": links} if links else {})})
    included = [_included(item, part) for item in _FROM.cut(call, found) for part in parts]
    body = {"data": shown, "meta": {"count": len(shown), "includeCount": len(included)}}
    return answer(200, body | ({"included": included} if included else {}))


def _is_asked_for(call: RouteCall, item: Document) -> bool:
    metadata = item["raw"]["metadata"]
    told = {
        "filter[id]": item["id"],
        "filter[ref]": _ref(item["raw"]),
        "filter[name]": metadata["name"],
        "filter[kind]": item["raw"]["kind"],
        "filter[owner]": metadata.get("owner"),
    }
    return all(call.query[name] == value for name, value in told.items() if name in call.query)


@route("DELETE", f"{ENTITIES}/{{id}}")
def delete_entity(call: RouteCall) -> Response:
    return _deleted_entity(call, call.args["id"])


@route("DELETE", f"{ENTITIES}/{{kind}}/{{name}}")
def delete_entity_by_ref(call: RouteCall) -> Response:
    """A reference has a slash."""
    return _deleted_entity(call, f"{call.args['kind']}/{call.args['name']}")


def _deleted_entity(call: RouteCall, wanted: str) -> Response:
    for item in call.store.all("entity"):
        if wanted in (item["id"], _ref(item["raw"])):
            call.store.delete("entity", _ref(item["raw"]))
            return answer(204)
    raise texts(404, "Not Found")


@route("POST", KINDS)
def write_kind(call: RouteCall) -> Response:
    sent = _read(call)
    name = sent.get("kind")
    if not name:
        raise texts(400, "'kind' is a required property")
    attributes = {key: value for key, value in sent.items() if key != "kind"} | {"name": name}
    meta = {"createdAt": call.zulu, "modifiedAt": call.zulu}
    kept = {"id": name, "type": "kind", "attributes": attributes, "meta": meta}
    call.store.put("catalog_kind", name, kept)
    return answer(202, {"data": [kept], "meta": {"count": 1}})


@route("GET", KINDS)
def list_kinds(call: RouteCall) -> Response:
    found = _FROM.cut(call, call.store.all("catalog_kind"))
    return answer(200, {"data": found, "meta": {"count": len(found)}})


@route("DELETE", f"{KINDS}/{{id}}")
def delete_kind(call: RouteCall) -> Response:
    if not call.store.delete("catalog_kind", call.args["id"]):
        raise texts(404, "Not Found")
    return answer(204)
