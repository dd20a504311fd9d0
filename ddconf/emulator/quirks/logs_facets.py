"""Log facets: the endpoints of the web UI, which have no public twin; here they work with keys.

Bundled facets can be read only. A facet's id comes from its source and path.
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.check import complaints
from ddconf.emulator.wire import Document, Response, answer, texts

FACETS = "/api/v1/logs/scopes/{scope_id}/facets"
_READ_ONLY = ("id", "editable", "bounded", "bundled", "bundledAndUsed", "values")
_DEFAULTS: Document = {
    "description": "",
    "groups": [],
    "type": "string",
    "facetType": "list",
    "source": "log",
    "unit": None,
    "defaultValues": [],
}
_RULES = {
    "name": "str!",
    "path": "str!",
    "source": "log|tag!",
    "type": "string|integer|double",
    "facetType": "list|range",
    "groups": "list",
    "groups[]": "str",
    "description": "str",
    "unit": "dict",
    "unit.family": "str!",
    "unit.name": "str!",
}


def facet(sent: Document, *, editable: bool) -> Document:
    """A facet as the server keeps it."""
    return {
        **_DEFAULTS,
        **{key: value for key, value in sent.items() if key not in _READ_ONLY},
        "id": f"{sent.get('source', 'log')}_{sent['path']}",
        "editable": editable,
        "bounded": False,
        "bundled": not editable,
        "bundledAndUsed": False,
        "values": [],
    }


@route("GET", "/api/ui/event-platform/logs/facets")
def list_facets(call: RouteCall) -> Response:
    return answer(200, {"facets": {"logs": call.store.all("logs_facet")}})


@route("GET", "/api/v1/logs/facet_lists")
def list_facets_v1(call: RouteCall) -> Response:
    return list_facets(call)


@route("POST", FACETS)
def create(call: RouteCall) -> Response:
    made = _checked(call, call.body)
    if call.store.get("logs_facet", made["id"]):
        raise texts(409, f"Facet {made['id']} already exists")
    return answer(200, call.store.put("logs_facet", made["id"], made))


@route("POST", f"{FACETS}/{{id}}")
def update(call: RouteCall) -> Response:
    old = _editable(call)
    made = _checked(call, {**old, **call.body} if isinstance(call.body, dict) else None)
    if made["id"] != old["id"]:
        raise texts(400, "The path and the source of a facet cannot change")
    return answer(200, call.store.put("logs_facet", made["id"], made))


@route("DELETE", f"{FACETS}/{{id}}")
def delete(call: RouteCall) -> Response:
    call.store.delete("logs_facet", _editable(call)["id"])
    return answer(200, {})


def _checked(call: RouteCall, body: Document | None) -> Document:
    if not isinstance(body, dict):
        raise texts(400, "The request body is not a valid object")
    if call.validates and (problems := complaints(body, _RULES)):
        raise texts(400, *problems)
    return facet(body, editable=True)


def _editable(call: RouteCall) -> Document:
    found = call.store.get("logs_facet", call.args["id"])
    if found is None:
        raise texts(404, f"Facet {call.args['id']} not found")
    if not found["editable"]:
        raise texts(403, f"Facet {call.args['id']} cannot be changed")
    return found
