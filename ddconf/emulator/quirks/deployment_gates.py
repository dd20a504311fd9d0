"""Deployment gates: the rules of a gate are told as one object.

https://docs.datadoghq.com/api/latest/deployment-gates/
"""

from __future__ import annotations

from dataclasses import replace

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.collections import plain
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.wire import Document, Response, answer

_PLAIN = plain("deployment_rule")
_TYPES = ("monitor", "faulty_deployment_detection")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    """The type never changes; empty options are left out."""
    kind = (before or sent)["type"]
    if call.validates and kind not in _TYPES:
        wrong = f'attribute "type" must be one of "{" ".join(_TYPES)}"'
        raise refusal("status title detail", 400, wrong)
    options = {key: value for key, value in (sent.get("options") or {}).items() if value != []}
    document = _PLAIN.complete(call, {"dry_run": False, **sent}, before)
    return document | {"type": kind, "options": options}


RULES = replace(_PLAIN, complete=_complete, partial_update=("type",))


@route("GET", "/api/v2/deployment_gates/{gate_id}/rules")
def list_rules(call: RouteCall) -> Response:
    gate = plain("deployment_gate")
    gate.find(replace(call, args={"id": call.args["gate_id"]}))
    kept = call.store.all(f"{RULES.name}/{call.args['gate_id']}")
    rules = [{"id": rule["id"], **rule["attributes"]} for rule in kept]
    data = {"id": call.args["gate_id"], "type": "list_deployment_rules", "attributes": {"rules": rules}}
    return answer(200, {"data": data})
