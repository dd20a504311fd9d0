"""Integrations of v1 that are one setting with parts: PagerDuty, Slack, and Google Cloud's delegate.

https://docs.datadoghq.com/api/latest/pagerduty-integration/ and others
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Document, Response, answer, texts

_PAGERDUTY = "/api/v1/integration/pagerduty"
_SLACK = "/api/v1/integration/slack"
_DELEGATE = "/api/v2/integration/gcp/sts_delegate"
_HIDDEN = "*****"
_SERVICES = "integration_pagerduty_service_object"


@route("GET", _PAGERDUTY)
def read_pagerduty(call: RouteCall) -> Response:
    """Keys are hidden."""
    kept = call.store.fact("pagerduty")
    if kept is None:
        raise texts(404, "pagerduty not found")
    services = [{"service_name": item["service_name"], "service_key": _HIDDEN} for item in _services(call)]
    return answer(200, {"show_all_incidents": False, "filter_services": [], **kept, "services": services})


def _services(call: RouteCall) -> list[Document]:
    return call.store.all(_SERVICES)


@route("PUT", _PAGERDUTY)
@route("POST", _PAGERDUTY)
def write_pagerduty(call: RouteCall) -> Response:
    kept = {key: call.body[key] for key in ("subdomain", "schedules") if key in call.body}
    if "api_token" in call.body:
        kept["api_token"] = _HIDDEN
    for service in call.body.get("services") or ():
        call.store.put(_SERVICES, service["service_name"], service)
    call.store.set_fact("pagerduty", {**(call.store.fact("pagerduty") or {}), **kept})
    return answer(204)


@route("DELETE", _PAGERDUTY)
def delete_pagerduty(call: RouteCall) -> Response:
    for name in call.store.ids(_SERVICES):
        call.store.delete(_SERVICES, name)
    call.store.set_fact("pagerduty", None)
    return answer(204)


@route("GET", _SLACK)
def read_slack(call: RouteCall) -> Response:
    kept = call.store.fact("slack")
    if kept is None:
        raise texts(404, "slack not found")
    return answer(200, kept)


@route("POST", _SLACK)
@route("PUT", _SLACK)
def write_slack(call: RouteCall) -> Response:
    call.store.set_fact("slack", {**(call.store.fact("slack") or {}), **call.body})
    return answer(204)


@route("DELETE", _SLACK)
def delete_slack(call: RouteCall) -> Response:
    call.store.set_fact("slack", None)
    return answer(204)


def _delegate(call: RouteCall) -> Document:
    mail = f"ddgci-{call.actor.org_uuid.replace('-', '')[:20]}@datadog-gci-sts.iam.gserviceaccount.com"
    return {"type": "gcp_sts_delegate", "attributes": {"delegate_account_email": mail}, "id": mail}


@route("GET", _DELEGATE)
@route("POST", _DELEGATE)
def delegate(call: RouteCall) -> Response:
    """One for an organisation, made at the first call."""
    return answer(200, {"data": _delegate(call)})
