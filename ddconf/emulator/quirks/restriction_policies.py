"""Restriction policies: one per resource, created by the first write.

https://docs.datadoghq.com/api/latest/restriction-policies/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Document, Response, answer, texts

PATH = "/api/v2/restriction_policy/{id}"


@route("GET", PATH)
def read(call: RouteCall) -> Response:
    """A policy never set is an empty one, not a missing one."""
    if ":" not in call.args["id"]:
        raise texts(400, f"Invalid resource id {call.args['id']}")
    return answer(200, {"data": call.store.get("restriction_policy", call.args["id"]) or _policy(call, [])})


@route("POST", PATH)
def write(call: RouteCall) -> Response:
    try:
        bindings = call.body["data"]["attributes"]["bindings"]
        complete = all(binding["relation"] and binding["principals"] for binding in bindings)
    except (KeyError, TypeError):
        raise texts(400, "'bindings' is a required property") from None
    if not complete:
        raise texts(400, "A binding needs a relation and principals")
    id = call.args["id"]
    return answer(200, {"data": call.store.put("restriction_policy", id, _policy(call, bindings))})


@route("DELETE", PATH)
def delete(call: RouteCall) -> Response:
    call.store.delete("restriction_policy", call.args["id"])
    return answer(204)


def _policy(call: RouteCall, bindings: list[Document]) -> Document:
    return {"id": call.args["id"], "type": "restriction_policy", "attributes": {"bindings": bindings}}


def editors(call: RouteCall, resource: str) -> list[str] | None:
    """The roles that a resource's policy makes its editors; None without a policy."""
    policy = call.store.get("restriction_policy", resource)
    if policy is None:
        return None
    principals = [
        principal
        for binding in policy["attributes"]["bindings"]
        if binding["relation"] == "editor"
        for principal in binding["principals"]
    ]
    return [item.removeprefix("role:") for item in principals if item.startswith("role:")]
