"""Apps: writes tell only the id, reads the newest version; publishing makes a deployment.

https://docs.datadoghq.com/api/latest/app-builder/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.crud import create, list_all, update
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.ids import uuid
from ddconf.emulator.server_fields import resolved
from ddconf.emulator.wire import Document, Json, Response, answer

_ONE = "/api/v2/app-builder/apps/{id}"
_NOWHERE = "00000000-0000-0000-0000-000000000000"
_SHOWN = {
    "components": [],
    "description": "",
    "favorite": False,
    "name": "",
    "queries": [],
    "rootInstanceName": "",
    "selfService": False,
    "tags": [],
}
_REQUIRED = ("name", "rootInstanceName")
_META = {
    "created_at": "$now",
    "org_id": "$org_number",
    "run_as_user": "$user",
    "deleted_at": "0001-01-01T00:00:00Z",
    "updated_at": "$now",
    "updated_since_deployment": False,
    "user_id": "$user_number",
    "user_name": "$handle",
    "user_uuid": "$user",
    "version_id": "$uuid",
}


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    for field in _REQUIRED:
        if call.validates and not sent.get(field):
            pointer = {"source": {"pointer": f"/data/attributes/{field}"}}
            raise refusal("title", 400, "missing required field", pointer)
    return {**_SHOWN, **(before or {}), **{key: value for key, value in sent.items() if key in _SHOWN}}


def _brief(_call: RouteCall, app: Document) -> Document:
    return {"id": app["id"], "type": app["type"]}


APPS = replace(
    plain("app_builder_app"),
    complete=_complete,
    deleted=200,
    delete_reply=lambda app: {"data": {"id": app["id"], "type": "appDefinitions"}},
    missing=lambda _call, _id: refusal("title", 404, "app not found"),
    show_written=_brief,
)


def _state(call: RouteCall, id: str) -> Document:
    """What an app's own history tells: its version, and what is published."""
    found = call.store.get("app_builder_state", id)
    return found or {"meta": resolved(call, {**_META, "version": 1})}


def _keep(call: RouteCall, id: str, state: Document) -> Document:
    return call.store.put("app_builder_state", id, state)


def _shown(call: RouteCall, app: Document) -> Document:
    state = _state(call, app["id"])
    links = {"deployment": _deployment(state)}
    queries = [_without_empty_events(query) for query in app["attributes"].get("queries") or ()]
    app = {**app, "attributes": {**app["attributes"], "queries": queries}}
    body = {"data": {**app, "meta": state["meta"], "relationships": links}}
    return body | ({"included": [state["deployment"]]} if "deployment" in state else {})


def _without_empty_events(query: Json) -> Json:
    known = isinstance(query, dict) and query.get("events") == []
    return {key: value for key, value in query.items() if key != "events"} if known else query


def _deployment(state: Document) -> Document:
    """The link to what is published, and who published it beside the link."""
    found = state.get("deployment")
    if not found:
        return {"data": None}
    return {"data": {"id": found["id"], "type": "deployment"}, "meta": found.get("meta", {})}


@route("POST", "/api/v2/app-builder/apps")
def create_app(call: RouteCall) -> Response:
    response = create(APPS, call)
    id = response.json()["data"]["id"]
    _keep(call, id, _state(call, id))
    return answer(201, response.json())


@route("GET", "/api/v2/app-builder/apps")
def list_apps(call: RouteCall) -> Response:
    body = list_all(APPS, call).json()
    for app in body["data"]:
        app["meta"] = _state(call, app["id"])["meta"]
        app["relationships"] = {"deployment": _deployment(_state(call, app["id"]))}
        app["attributes"] = {
            key: value for key, value in app["attributes"].items() if key not in ("components", "queries")
        }
    return answer(200, body | {"meta": {"page": {"totalCount": len(body["data"])}}})


@route("GET", _ONE)
def read_app(call: RouteCall) -> Response:
    app = APPS.find(call)
    wanted = call.query.get("version", "latest")
    if wanted.isdigit() and int(wanted) > _state(call, app["id"])["meta"]["version"]:
        raise refusal("title", 410, "app version not found")
    return answer(200, _shown(call, app))


@route("PATCH", _ONE)
def update_app(call: RouteCall) -> Response:
    update(APPS, call)
    state = _state(call, call.args["id"])
    renewed = resolved(call, {key: _META[key] for key in ("updated_at", "version_id")})
    live = state.get("deployment", {}).get("attributes", {}).get("app_version_id", _NOWHERE)
    published = {"updated_since_deployment": live != _NOWHERE}
    meta = {**state["meta"], **renewed, **published, "version": state["meta"]["version"] + 1}
    _keep(call, call.args["id"], {**state, "meta": meta})
    return answer(200, _shown(call, APPS.find(call)))


@route("POST", f"{_ONE}/deployment")
def publish(call: RouteCall) -> Response:
    app = APPS.find(call)
    state = _state(call, app["id"])
    return answer(201, {"data": _deployed(call, state, state["meta"]["version_id"])})


@route("DELETE", f"{_ONE}/deployment")
def unpublish(call: RouteCall) -> Response:
    state = _state(call, APPS.find(call)["id"])
    return answer(200, {"data": _deployed(call, state, _NOWHERE)})


def _deployed(call: RouteCall, state: Document, version: str) -> Document:
    meta = resolved(
        call, {"created_at": "$now", "user_id": "$user_number", "user_name": "$handle", "user_uuid": "$user"}
    )
    attributes = {"app_version_id": version}
    made = {"id": uuid(call.store.random), "type": "deployment", "attributes": attributes, "meta": meta}
    told = {**state["meta"], "updated_since_deployment": False}
    _keep(call, call.args["id"], {**state, "meta": told, "deployment": made})
    return made
