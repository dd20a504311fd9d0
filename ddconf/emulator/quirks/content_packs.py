"""Content packs of Cloud SIEM are switched on and off. https://docs.datadoghq.com/api/latest/security-monitoring/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Document, Response, answer

PATH = "/api/v2/security_monitoring/content_packs"
_KIND = "security_monitoring_content_pack"
_META = {"cloud_siem_index_incorrect": False, "retention_months": 15, "sku": "per_gb_analyzed"}
_UNSEEN = {
    "data_last_seen": "not_seen",
    "filters_configured": False,
    "integration_installed_status": "available",
    "logs_seen_from_any_index": False,
    "siem_index_incorrect": False,
}
_SHIPPED = ("audit-trail", "aws-cloudtrail", "gcp-audit-logs", "okta")


@route("GET", f"{PATH}/states")
def list_states(call: RouteCall) -> Response:
    names = sorted({*_SHIPPED, *(pack["id"] for pack in call.store.all(_KIND))})
    return answer(200, {"data": [_state(call, name) for name in names], "meta": _META})


@route("PUT", f"{PATH}/{{id}}/activate")
def activate(call: RouteCall) -> Response:
    return _switch(call, "activated")


@route("PUT", f"{PATH}/{{id}}/deactivate")
def deactivate(call: RouteCall) -> Response:
    return _switch(call, "deactivated")


def _switch(call: RouteCall, activation: str) -> Response:
    call.store.put(_KIND, call.args["id"], {"id": call.args["id"], "activation": activation})
    return answer(202)


def _state(call: RouteCall, name: str) -> Document:
    activation = (call.store.get(_KIND, name) or {}).get("activation", "never_activated")
    status = "active" if activation == "activated" else "install"
    details = {"type": "logs", "cp_activation": activation, **_UNSEEN}
    return {
        "id": name,
        "type": "content_pack_state",
        "attributes": {"status": status, "details": details},
    }
