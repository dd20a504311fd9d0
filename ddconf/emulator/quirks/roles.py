"""Roles with more permissions than asked for, and the users who have them.

https://docs.datadoghq.com/api/latest/roles/
"""

from __future__ import annotations

from uuid import NAMESPACE_DNS, uuid5

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create, update
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.permissions import base
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer, detailed, texts

PATH = "/api/v2/roles"
_USER_LINKS = f"{PATH}/{{id}}/users"
_PERMISSION_LINKS = f"{PATH}/{{id}}/permissions"


def _missing(call: RouteCall, id: str) -> Refusal:
    if call.method == "GET" and call.path == f"{PATH}/{id}":
        return detailed(404, title="Generic Error", detail="could not find the uuid.")
    return texts(404, f"{id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if call.validates and not sent["name"].strip():
        raise texts(400, "Role names cannot be only whitespace")
    old = before or {"created_at": call.zulu, "created_by_handle": call.actor.handle}
    kept = {key: old[key] for key in ("created_at", "created_by_handle")}
    return {"name": sent["name"]} | kept | {"modified_at": call.zulu, "modified_by_handle": call.actor.handle}


def _show(call: RouteCall, role: Document) -> Document:
    counts = {"user_count": len(_members(call, role["id"])), "team_count": 0}
    told = {key: value for key, value in role["attributes"].items() if key != "managed" or value}
    return role | {"attributes": counts | told}


def _wrote(call: RouteCall, role: Document) -> Document:
    shown = _show(call, role)
    hidden = ("created_by_handle", "modified_by_handle")
    attributes = {key: value for key, value in shown["attributes"].items() if key not in hidden}
    return shown | {"attributes": attributes}


def _select(call: RouteCall, roles: list[Document]) -> list[Document]:
    text, ids = call.query.get("filter", "").lower(), call.query.get("filter[id]", "").split(",")
    named = [role for role in roles if text in role["attributes"]["name"].lower()]
    found = [role for role in named if ids == [""] or role["id"] in ids]
    return sorted(
        found, key=lambda role: _sort_key(call, role), reverse=call.query.get("sort", "")[:1] == "-"
    )


def _sort_key(call: RouteCall, role: Document) -> Json:
    """By name unless `sort` names another field."""
    field = call.query.get("sort", "").removeprefix("-") or "name"
    return _show(call, role)["attributes"].get(field, "")


def _may_delete(call: RouteCall, role: Document) -> None:
    """Restriction queries lose the role."""
    for query in call.store.all("logs_restriction_query"):
        links = query.get("relationships", {}).get("roles", {}).get("data", [])
        kept = [link for link in links if link["id"] != role["id"]]
        if kept != links:
            changed = query | {"relationships": {"roles": {"data": kept}}}
            call.store.put("logs_restriction_query", query["id"], changed)


def _counted(_call: RouteCall, total: int, _shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": total}}}


ROLES = ApiCollection(
    name="role",
    path=PATH,
    type="roles",
    update=("PATCH",),
    merges=True,
    rules={"name": "str!"},
    pages=PageParameters("page", "page[number]", "page[size]", default=10, most=100, extra=_counted),
    complete=_complete,
    show=_show,
    show_written=_wrote,
    select=_select,
    may_delete=_may_delete,
    missing=_missing,
)


def _permission_ids(role: Document) -> list[str]:
    links = role.get("relationships", {}).get("permissions", {}).get("data", [])
    return [link["id"] for link in links]


def _holding(role: Document, ids: list[str]) -> Document:
    """A role with these permissions."""
    links = [{"type": "permissions", "id": id} for id in dict.fromkeys(ids)]
    return role | {"relationships": {"permissions": {"data": links}}}


def _base(call: RouteCall) -> list[str]:
    return base(call.store.fact("realm", ""))


def _members(call: RouteCall, role_id: str) -> list[Document]:
    """The users who have a role, as each of them tells."""
    return [user for user in call.store.holding("user", "id", role_id) if role_id in role_ids(user)]


def role_ids(user: Document) -> list[str]:
    """The roles of a user."""
    links = user.get("relationships", {}).get("roles", {}).get("data") or ()
    return [link["id"] for link in links]


def give_roles(call: RouteCall, user: Document, ids: list[str]) -> Document:
    """Let a user have these roles."""
    links = {"data": [{"type": "roles", "id": id} for id in ids]}
    changed = user | {"relationships": {**user.get("relationships", {}), "roles": links}}
    return call.store.put("user", user["id"], changed)


def included_roles(call: RouteCall, ids: list[str]) -> list[Document]:
    """Roles and then their permissions, as answers about users include them."""
    roles = [role for id in dict.fromkeys(ids) if (role := call.store.get(ROLES.name, id))]
    held = dict.fromkeys(id for role in roles for id in _permission_ids(role))
    known = {item["id"]: item for item in call.store.all("permission")}
    hidden = ("created_by_handle", "modified_by_handle", "user_count", "team_count")
    shown = []
    for role in roles:
        told = {key: value for key, value in role["attributes"].items() if key not in hidden}
        shown.append(role | {"attributes": {"managed": False, **told}})
    return [*shown, *(known[id] for id in held if id in known)]


def _permissions(call: RouteCall, role: Document) -> Response:
    known = {item["id"]: item for item in call.store.all("permission")}
    ids = _permission_ids(role)
    return answer(200, {"data": [known.get(id, {"type": "permissions", "id": id}) for id in ids]})


def _check_id(call: RouteCall) -> None:
    body_id = call.body["data"].get("id")
    if call.validates and call.method == "PATCH" and body_id != call.args["id"]:
        raise texts(422, "The id attribute in the request body does not match the role_id in the URL")


def _asked(call: RouteCall) -> list[str] | None:
    """The ids in a role's `relationships.permissions`, all of them known; None when it names none."""
    try:
        ids = [str(item["id"]) for item in call.body["data"]["relationships"]["permissions"]["data"]]
    except (KeyError, TypeError):
        return None
    known = {item["id"] for item in call.store.all("permission")}
    if not set(ids) <= known:
        raise texts(400, "Invalid input ")
    return ids


@route("GET", "/api/v2/permissions")
def list_permissions(call: RouteCall) -> Response:
    found = call.store.all("permission")
    for permission in found:
        permission["attributes"] = {"name_aliases": [], **permission.get("attributes", {})}
    return answer(200, {"data": found})


@route("GET", f"{PATH}/templates")
def templates(_call: RouteCall) -> Response:
    """What every organisation begins with."""
    named = [f"Datadog {level} Role" for level in ("Admin", "Standard", "Read Only")]
    return answer(
        200,
        {
            "data": [
                {
                    "type": "roles",
                    "id": str(uuid5(NAMESPACE_DNS, name)),
                    "attributes": {"name": name, "description": f"What the {name} can do"},
                }
                for name in named
            ]
        },
    )


@route("POST", PATH)
def create_one(call: RouteCall) -> Response:
    """The permissions that everybody has come along, unless the request opts out of them."""
    made = create(ROLES, call).json()["data"]
    opted_out = call.body["data"]["attributes"].get("default_permissions_opt_out")
    return _stored(call, made["id"], (_asked(call) or []) + ([] if opted_out else _base(call)))


@route("PATCH", f"{PATH}/{{id}}")
def update_one(call: RouteCall) -> Response:
    before = _permission_ids(ROLES.find(call))
    _check_id(call)
    asked = _asked(call)
    opted_out = call.body["data"].get("attributes", {}).get("default_permissions_opt_out")
    update(ROLES, call)
    kept = before if asked is None else asked + ([] if opted_out else _base(call))
    return _stored(call, call.args["id"], kept)


def _stored(call: RouteCall, id: str, permissions: list[str]) -> Response:
    role = _holding(call.store.get(ROLES.name, id) or {}, permissions)
    return answer(200, {"data": _wrote(call, call.store.put(ROLES.name, id, role))})


@route("GET", _PERMISSION_LINKS)
def role_permissions(call: RouteCall) -> Response:
    return _permissions(call, ROLES.find(call))


@route("POST", _PERMISSION_LINKS)
def grant_permission(call: RouteCall) -> Response:
    role, id = ROLES.find(call), _linked(call, "permissions")
    if call.store.get("permission", id) is None:
        raise texts(404, f"{id} not found")
    role = _holding(role, [id, *_permission_ids(role)])
    return _permissions(call, call.store.put(ROLES.name, role["id"], role))


@route("DELETE", _PERMISSION_LINKS)
def revoke_permission(call: RouteCall) -> Response:
    role, id = ROLES.find(call), _linked(call, "permissions")
    role = _holding(role, [other for other in _permission_ids(role) if other != id])
    return _permissions(call, call.store.put(ROLES.name, role["id"], role))


@route("POST", f"{PATH}/{{id}}/clone")
def clone(call: RouteCall) -> Response:
    """Unlike a new role, a clone needs a name that nobody has."""
    original, name = ROLES.find(call), call.body["data"]["attributes"]["name"]
    if any(role["attributes"]["name"] == name for role in call.store.all(ROLES.name)):
        raise texts(409, f"Role with name {name} already exists")
    made = create(ROLES, call).json()["data"]
    return _stored(call, made["id"], _permission_ids(original))


@route("GET", _USER_LINKS)
def role_users(call: RouteCall) -> Response:
    return _users(call, ROLES.find(call)["id"])


@route("POST", _USER_LINKS)
def add_user(call: RouteCall) -> Response:
    role, user = ROLES.find(call), _linked_user(call)
    give_roles(call, user, [*(id for id in role_ids(user) if id != role["id"]), role["id"]])
    return _users(call, role["id"])


@route("DELETE", _USER_LINKS)
def remove_user(call: RouteCall) -> Response:
    role, user = ROLES.find(call), call.store.get("user", _linked(call, "users"))
    if user:  # whoever is not there has no role to lose
        give_roles(call, user, [id for id in role_ids(user) if id != role["id"]])
    return _users(call, role["id"])


def _users(call: RouteCall, role_id: str) -> Response:
    found = _members(call, role_id)
    return answer(200, {"meta": {"page": {"total_count": len(found)}}, "data": found})


def _linked_user(call: RouteCall) -> Document:
    id = _linked(call, "users")
    user = call.store.get("user", id)
    if user is None:
        raise texts(404, f"User {id} not found")
    return user


def _linked(call: RouteCall, type: str) -> str:
    data = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(data, dict) or data.get("type") != type or not data.get("id"):
        raise texts(400, "400 BAD REQUEST")
    return str(data["id"])
