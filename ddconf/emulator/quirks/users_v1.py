"""Users as the first API knows them: by their handle. https://docs.datadoghq.com/api/v1/users/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.quirks.users import USERS, attributes_of
from ddconf.emulator.wire import Document, Response, answer, texts

_PATH = "/api/v1/user"
_ADMIN = "Datadog Admin Role"


def _shown(call: RouteCall, user: Document) -> Document:
    told = user["attributes"]
    ids = [link["id"] for link in user.get("relationships", {}).get("roles", {}).get("data") or ()]
    held = [role["attributes"]["name"] for id in ids if (role := call.store.get("role", id))]
    named = {key: told.get(key) for key in ("handle", "name", "title", "email", "disabled", "icon")}
    verified = {"verified": told.get("verified", False)}
    return {**named, **verified, "role": None, "access_role": None, "is_admin": _ADMIN in held}


def _find(call: RouteCall) -> Document:
    handle = call.args["id"].lower()
    for user in call.store.all(USERS.name):
        if handle in (user["id"], str(user["attributes"].get("handle")).lower()):
            return user
    raise texts(404, f"User {call.args['id']} not found")


def _keep(call: RouteCall, user: Document, change: Document) -> Response:
    kept = {**user, "attributes": {**user["attributes"], **change, "modified_at": call.iso}}
    return answer(200, {"user": _shown(call, call.store.put(USERS.name, kept["id"], kept))})


def _status(disabled: bool) -> Document:
    return {"disabled": disabled, "status": "Disabled" if disabled else "Pending"}


@route("GET", _PATH)
def list_users(call: RouteCall) -> Response:
    return answer(200, {"users": [_shown(call, user) for user in call.store.all(USERS.name)]})


@route("POST", _PATH)
def make_user(call: RouteCall) -> Response:
    """Who is given no access role is disabled."""
    handle = str(call.body["handle"]).lower()
    if any(user["attributes"].get("handle") == handle for user in call.store.all(USERS.name)):
        raise texts(409, f"User {handle} already exists")
    id = str(call.store.new_id(USERS.name, USERS.new_id))
    sent = {"email": str(call.body.get("email") or handle), "name": call.body.get("name")}
    links = {"roles": {"data": []}, "org": {"data": {"type": "orgs", "id": call.actor.org_uuid}}}
    user = {"type": "users", "id": id, "attributes": attributes_of(sent, call.iso, id)}
    off = "access_role" in call.body and call.body["access_role"] is None
    change = {"handle": handle, **_status(off or bool(call.body.get("disabled")))}
    return _keep(call, {**user, "relationships": links}, change)


@route("GET", f"{_PATH}/{{id}}")
def read_user(call: RouteCall) -> Response:
    return answer(200, {"user": _shown(call, _find(call))})


@route("PUT", f"{_PATH}/{{id}}")
def change_user(call: RouteCall) -> Response:
    change = {key: call.body[key] for key in ("name", "email", "title") if key in call.body}
    if "disabled" in call.body:
        change |= _status(bool(call.body["disabled"]))
    return _keep(call, _find(call), change)


@route("DELETE", f"{_PATH}/{{id}}")
def disable_user(call: RouteCall) -> Response:
    user = _find(call)
    if user["attributes"].get("disabled"):
        raise texts(400, "User is already disabled")
    _keep(call, user, _status(True))
    return answer(200, {"message": f"User {call.args['id']} disabled"})
