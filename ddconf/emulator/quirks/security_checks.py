"""Checks of security definitions before they are written. https://docs.datadoghq.com/api/latest/security-monitoring/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Response, answer, texts

_SUPPRESSIONS = "/api/v2/security_monitoring/configuration/suppressions"


@route("POST", f"{_SUPPRESSIONS}/validation")
def validate_suppression(call: RouteCall) -> Response:
    """Nothing is kept."""
    sent = call.body["data"]["attributes"]
    for field in ("rule_query", "suppression_query", "data_exclusion_query"):
        text = str(sent.get(field) or "")
        if text.count("[") != text.count("]") or text.count("(") != text.count(")"):
            words = field.replace("_", " ")
            place = f"Field 'data.attributes.{field}' is invalid: {words} is invalid"
            raise texts(400, f"input_validation_error({place})")
    return answer(204)


@route("GET", f"{_SUPPRESSIONS}/rules/{{rule_id}}")
def suppressions_of_rule(call: RouteCall) -> Response:
    if call.store.get("security_rule", call.args["rule_id"]) is None:
        raise texts(404, f"not_found(Rule {call.args['rule_id']} not found)")
    return answer(200, {"data": []})
