"""Log restriction queries and the roles they hold for, attached one by one.

https://docs.datadoghq.com/api/latest/logs-restriction-queries/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.quirks.roles import role_ids
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/logs/config/restriction_queries"
ROLES = f"{PATH}/{{id}}/roles"


def _missing(_call: RouteCall, id: str) -> Refusal:
    if not re.fullmatch(r"[0-9a-f-]{36}", id):
        return texts(400, "uuid is not proper type")
    return texts(404, "Restriction query not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    created = (before or {}).get("created_at", call.iso)
    return sent | {"created_at": created, "modified_at": call.iso}


def _without_roles(_call: RouteCall, query: Document) -> Document:
    return {key: value for key, value in query.items() if key != "relationships"}


QUERIES = ApiCollection(
    name="logs_restriction_query",
    path=PATH,
    type="logs_restriction_queries",
    update=("PUT", "PATCH"),
    read_only=("created_at", "modified_at"),
    rules={"restriction_query": "str!"},
    pages=PageParameters("page", "page[number]", "page[size]", default=10),
    complete=_complete,
    show=_without_roles,
    missing=_missing,
)


def _role_ids(query: Document) -> list[str]:
    links = query.get("relationships", {}).get("roles", {}).get("data", [])
    return [link["id"] for link in links]


def _attach(call: RouteCall, query: Document, ids: list[str]) -> None:
    links = [{"type": "roles", "id": id} for id in ids]
    call.store.put(QUERIES.name, query["id"], query | {"relationships": {"roles": {"data": links}}})


def _named(call: RouteCall, role_id: str) -> Document:
    role = call.store.get("role", role_id)
    return {
        "type": "roles",
        "id": role_id,
        "attributes": {"name": role["attributes"]["name"] if role else ""},
    }


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    """Unlike the list, the single answer tells the roles."""
    query = {"relationships": {"roles": {"data": []}}, **QUERIES.find(call)}
    return answer(200, {"data": query, "included": [_named(call, id) for id in _role_ids(query)]})


@route("GET", ROLES)
def list_roles(call: RouteCall) -> Response:
    return answer(200, {"data": [_named(call, id) for id in _role_ids(QUERIES.find(call))]})


@route("GET", f"{PATH}/role/{{role_id}}")
def of_role(call: RouteCall) -> Response:
    queries = call.store.all(QUERIES.name)
    held = [query for query in queries if call.args["role_id"] in _role_ids(query)]
    return answer(200, {"data": [_without_roles(call, query) for query in held]})


@route("GET", f"{PATH}/user/{{user_id}}")
def of_user(call: RouteCall) -> Response:
    """The queries of all the roles that a user has."""
    user = call.store.get("user", call.args["user_id"])
    if user is None:
        raise texts(404, f"User with id: {call.args['user_id']} not found")
    roles = set(role_ids(user))
    held = [query for query in call.store.all(QUERIES.name) if roles & set(_role_ids(query))]
    return answer(200, {"data": [_without_roles(call, query) for query in held]})


@route("POST", ROLES)
def grant(call: RouteCall) -> Response:
    role_id = _role_id(call)
    if call.store.get("role", role_id) is None:
        raise texts(404, f"Role with id: {role_id} not found")
    query = QUERIES.find(call)
    for other in call.store.all(QUERIES.name):  # a role has one restriction query at most
        if role_id in _role_ids(other) and other["id"] != query["id"]:
            _attach(call, other, [id for id in _role_ids(other) if id != role_id])
    _attach(call, query, [*_role_ids(query), role_id])
    return answer(204)


@route("DELETE", ROLES)
def revoke(call: RouteCall) -> Response:
    query, role_id = QUERIES.find(call), _role_id(call)
    if call.store.get("role", role_id) is None or role_id not in _role_ids(query):
        raise texts(400, f"role with uuid: {role_id} doesn't exist or uuid is not proper type")
    _attach(call, query, [id for id in _role_ids(query) if id != role_id])
    return answer(204)


def _role_id(call: RouteCall) -> str:
    data = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(data, dict) or not data.get("id"):
        raise texts(400, "'data' is a required property")
    return str(data["id"])
