"""Log restriction queries and the roles they hold for, attached one by one.

https://docs.datadoghq.com/api/latest/logs-restriction-queries/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import Call, route
from ddconf.emulator.generic import Family
from ddconf.emulator.pages import Pages
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/logs/config/restriction_queries"
ROLES = f"{PATH}/{{id}}/roles"


def _missing(_call: Call, id: str) -> Refusal:
    if not re.fullmatch(r"[0-9a-f-]{36}", id):
        return texts(400, "uuid is not proper type")
    return texts(404, "Restriction query not found")


def _complete(call: Call, sent: Document, before: Document | None) -> Document:
    created = (before or {}).get("created_at", call.iso)
    return sent | {"created_at": created, "modified_at": call.iso}


QUERIES = Family(
    name="logs_restriction_query",
    path=PATH,
    type="logs_restriction_queries",
    update=("PUT", "PATCH"),
    read_only=("created_at", "modified_at"),
    rules={"restriction_query": "str!"},
    pages=Pages("page", "page[number]", "page[size]", default=10),
    complete=_complete,
    missing=_missing,
)


def _role_ids(call: Call, id: str) -> list[str]:
    ids: list[str] = call.store.fact(f"restriction_query_roles/{id}", [])
    return ids


def _named(call: Call, role_id: str) -> Document:
    role = call.store.get("role", role_id)
    return {
        "type": "roles",
        "id": role_id,
        "attributes": {"name": role["attributes"]["name"] if role else ""},
    }


@route("GET", f"{PATH}/{{id}}")
def read(call: Call) -> Response:
    """Unlike the list, the single answer tells the roles."""
    query = QUERIES.find(call)
    ids = _role_ids(call, query["id"])
    links = {"roles": {"data": [{"type": "roles", "id": id} for id in ids]}}
    return answer(
        200, {"data": query | {"relationships": links}, "included": [_named(call, id) for id in ids]}
    )


@route("GET", ROLES)
def list_roles(call: Call) -> Response:
    return answer(200, {"data": [_named(call, id) for id in _role_ids(call, QUERIES.find(call)["id"])]})


@route("GET", f"{PATH}/role/{{role_id}}")
def of_role(call: Call) -> Response:
    queries = call.store.all("logs_restriction_query")
    return answer(200, {"data": [q for q in queries if call.args["role_id"] in _role_ids(call, q["id"])]})


@route("POST", ROLES)
def grant(call: Call) -> Response:
    role_id = _role_id(call)
    if call.store.get("role", role_id) is None:
        raise texts(404, f"Role with id: {role_id} not found")
    id = QUERIES.find(call)["id"]
    _detach(call, role_id)  # a role has one restriction query at most
    call.store.set_fact(f"restriction_query_roles/{id}", [*_role_ids(call, id), role_id])
    return answer(204)


@route("DELETE", ROLES)
def revoke(call: Call) -> Response:
    id, role_id = QUERIES.find(call)["id"], _role_id(call)
    ids = _role_ids(call, id)
    if role_id not in ids:
        raise texts(400, f"Role {role_id} is not attached to the restriction query")
    call.store.set_fact(f"restriction_query_roles/{id}", [other for other in ids if other != role_id])
    return answer(204)


def _detach(call: Call, role_id: str) -> None:
    for query_id in call.store.ids("logs_restriction_query"):
        ids = _role_ids(call, query_id)
        if role_id in ids:
            call.store.set_fact(
                f"restriction_query_roles/{query_id}", [other for other in ids if other != role_id]
            )


def _role_id(call: Call) -> str:
    data = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(data, dict) or not data.get("id"):
        raise texts(400, "'data' is a required property")
    return str(data["id"])
