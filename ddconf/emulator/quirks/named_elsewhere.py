"""Objects whose key is in an odd place: a name sent as the id, a path of two keys, a PUT without a body.

https://docs.datadoghq.com/api/latest/cloud-cost-management/ and others
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import is_uuid
from ddconf.emulator.wire import Response, answer, texts

_REGISTRATIONS = "/api/v2/actions/app_key_registrations"


@route("GET", _REGISTRATIONS)
def list_registrations(call: RouteCall) -> Response:
    found = call.store.all("app_key_registration")
    return answer(200, {"data": found, "meta": {"total": len(found)}})


def _check_id(call: RouteCall) -> None:
    if not is_uuid(call.args["id"]):
        raise texts(400, f"invalid app key id {call.args['id']}")


@route("GET", f"{_REGISTRATIONS}/{{id}}")
def read_registration(call: RouteCall) -> Response:
    _check_id(call)
    found = call.store.get("app_key_registration", call.args["id"])
    if found is None:
        raise texts(404, "not registered")
    return answer(200, {"data": found})


@route("PUT", f"{_REGISTRATIONS}/{{id}}")
def register(call: RouteCall) -> Response:
    _check_id(call)
    kept = {"id": call.args["id"], "type": "app_key_registration"}
    call.store.put("app_key_registration", call.args["id"], kept)
    return answer(201, {"data": kept})


@route("DELETE", f"{_REGISTRATIONS}/{{id}}")
def unregister(call: RouteCall) -> Response:
    _check_id(call)
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
