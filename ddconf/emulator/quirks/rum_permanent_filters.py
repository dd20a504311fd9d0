"""The retention filters that every RUM application has; only what they keep of traces can be changed.

https://docs.datadoghq.com/api/latest/rum-retention-filters/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.wire import Document, Response, answer

_PLAIN = plain("rum_permanent_retention_filter")
_NAMES = {
    "rum_apm_flat_sampling": "RUM APM flat sampling",
    "synthetics_sessions": "Synthetics sessions",
    "forced_replay_sessions": "Sessions with forced replay",
}


def _find(call: RouteCall, id: str) -> Document:
    if kept := call.store.get(_PLAIN.collection(call), id):
        return kept
    if call.store.get("rum_application", call.args["app_id"]) is None or id not in _NAMES:
        raise refusal("status title detail", 404, f"{id} not found")
    sampling = {"trace_enabled": False, "trace_sample_rate": 0.0}
    told = {"name": _NAMES[id], "description": _NAMES[id], "editability": {"trace_editable": True}}
    return {"id": id, "type": _PLAIN.type, "attributes": {**told, "cross_product_sampling": sampling}}


@route("GET", _PLAIN.path)
def list_permanent(call: RouteCall) -> Response:
    return answer(200, {"data": [_find(call, id) for id in _NAMES]})


@route("GET", f"{_PLAIN.path}/{{id}}")
def read_permanent(call: RouteCall) -> Response:
    return answer(200, {"data": _find(call, call.args["id"])})


@route("PATCH", f"{_PLAIN.path}/{{id}}")
def update_permanent(call: RouteCall) -> Response:
    found = _find(call, call.args["id"])
    sent = call.body["data"]["attributes"].get("cross_product_sampling") or {}
    sampling = {**found["attributes"].get("cross_product_sampling", {}), **sent}
    changed = {**found, "attributes": {**found["attributes"], "cross_product_sampling": sampling}}
    return answer(200, {"data": call.store.put(_PLAIN.collection(call), found["id"], changed)})
