"""Objects whose key is in an odd place: a name sent as the id, a path of two keys, a PUT without a body.

https://docs.datadoghq.com/api/latest/cloud-cost-management/ and others
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.generic import Family
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.wire import Document, Response, answer, texts


def _named(call: RouteCall, sent: Document, before: Document | None) -> Document:
    name = call.body["data"].get("id") or (before or {}).get("name")
    if not name:
        raise texts(400, "the ruleset has no name")
    return {**sent, "name": name, "position": 0, "version": (before or {}).get("version", 0) + 1}


def _in_order(call: RouteCall, rulesets: list[Document]) -> list[Document]:
    return arranged(rulesets, order_of(call.store, RULESET.name))


RULESET = Family(
    name="tag_pipeline_ruleset",
    path="/api/v2/tags/enrichment",
    type="ruleset",
    update=("PATCH",),
    complete=_named,
    select=_in_order,
)


@route("POST", "/api/v2/tags/enrichment/reorder")
def reorder(call: RouteCall) -> Response:
    """Every ruleset must be named once."""
    ids = [item["id"] for item in call.body["data"]]
    if sorted(ids) != sorted(call.store.ids(RULESET.name)):
        raise texts(400, "The order must name every object exactly once")
    call.store.set_fact(f"order/{RULESET.name}", ids)
    return answer(204)


_FRAMEWORKS = "/api/v2/cloud_security_management/custom_frameworks"


def _framework(call: RouteCall) -> str:
    """A missing one is a 400, as recorded."""
    key = f"{call.args['handle']}/{call.args['version']}"
    if call.store.get("framework", key) is None:
        raise texts(400, "framework does not exist")
    return key


def _keep_framework(call: RouteCall, key: str) -> Response:
    attributes = call.body["data"]["attributes"]
    call.store.put("framework", key, attributes)
    shown = {name: attributes[name] for name in ("handle", "version")}
    return answer(200, {"data": {"id": key, "type": "custom_framework", "attributes": shown}})


@route("POST", _FRAMEWORKS)
def make_framework(call: RouteCall) -> Response:
    attributes = call.body["data"]["attributes"]
    key = f"{attributes['handle']}/{attributes['version']}"
    if call.store.get("framework", key) is not None:
        raise texts(409, "framework already exists")
    return _keep_framework(call, key)


@route("GET", f"{_FRAMEWORKS}/{{handle}}/{{version}}")
def read_framework(call: RouteCall) -> Response:
    key = _framework(call)
    attributes = call.store.get("framework", key)
    return answer(200, {"data": {"id": key, "type": "custom_framework", "attributes": attributes}})


@route("PUT", f"{_FRAMEWORKS}/{{handle}}/{{version}}")
def write_framework(call: RouteCall) -> Response:
    return _keep_framework(call, _framework(call))


@route("DELETE", f"{_FRAMEWORKS}/{{handle}}/{{version}}")
def delete_framework(call: RouteCall) -> Response:
    call.store.delete("framework", _framework(call))
    return answer(200, {})


_REGISTRATIONS = "/api/v2/actions/app_key_registrations"


@route("GET", _REGISTRATIONS)
def list_registrations(call: RouteCall) -> Response:
    found = call.store.all("app_key_registration")
    return answer(200, {"data": found, "meta": {"total": len(found)}})


@route("PUT", f"{_REGISTRATIONS}/{{id}}")
def register(call: RouteCall) -> Response:
    kept = {"id": call.args["id"], "type": "app_key_registration"}
    call.store.put("app_key_registration", call.args["id"], kept)
    return answer(200, {"data": kept})


@route("DELETE", f"{_REGISTRATIONS}/{{id}}")
def unregister(call: RouteCall) -> Response:
    if call.store.get("app_key_registration", call.args["id"]) is None:
        raise texts(404, "not registered")
    call.store.delete("app_key_registration", call.args["id"])
    return answer(204)


@route("GET", "/api/v2/team/sync")
def read_syncs(call: RouteCall) -> Response:
    source = call.query.get("filter[source]")
    found = [item for item in call.store.all("team_sync") if item["attributes"]["source"] == source]
    return answer(200, {"data": found})


@route("POST", "/api/v2/team/sync")
def sync(call: RouteCall) -> Response:
    """One for each source; the answer is empty."""
    attributes = call.body["data"]["attributes"]
    kept = {"id": attributes["source"], "type": "team_sync_bulk", "attributes": attributes}
    call.store.put("team_sync", attributes["source"], kept)
    return answer(204)


@route("GET", "/api/v2/ci/github/accounts")
def list_accounts(call: RouteCall) -> Response:
    return answer(200, {"data": call.store.all("ci_github_account")})


@route("PATCH", "/api/v2/ci/github/accounts")
def switch_account(call: RouteCall) -> Response:
    """Named in the body alone; one that is not there appears, for want of a GitHub to come from."""
    sent = call.body["data"]["attributes"]
    account = sent["account"]
    before = (call.store.get("ci_github_account", account) or {}).get("attributes", {})
    shown = {key: value for key, value in sent.items() if key != "repository"}
    kept = {"id": account, "type": "ci_github_account", "attributes": {**before, **shown}}
    call.store.put("ci_github_account", account, kept)
    return answer(200, {"data": kept})
