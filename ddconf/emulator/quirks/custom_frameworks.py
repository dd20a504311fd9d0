"""Compliance frameworks: the handle and the version are the id, and tell apart.

https://docs.datadoghq.com/api/latest/security-monitoring/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.error_styles import refusal
from ddconf.emulator.wire import Document, Refusal, Response, answer

_PATH = "/api/v2/cloud_security_management/custom_frameworks"
_ONE = f"{_PATH}/{{handle}}/{{version}}"
_STYLE = "status title detail"
_RULE = re.compile(r"[a-z0-9]{3}-[a-z0-9]{3}-[a-z0-9]{3}")


def _missing() -> Refusal:
    return refusal("status title", 400, "Bad Request")


def _found(call: RouteCall) -> Document:
    """A missing one is a 400, as recorded."""
    found = call.store.get("framework", f"{call.args['handle']}/{call.args['version']}")
    if found is None:
        raise _missing()
    return found


def _answered(attributes: Document, *hidden: str) -> Response:
    shown = {key: value for key, value in attributes.items() if key not in hidden}
    id = f"{attributes['handle']}-{attributes['version']}"
    return answer(200, {"data": {"id": id, "type": "custom_framework", "attributes": shown}})


def _checked(call: RouteCall) -> Document:
    """The framework sent, its requirements, controls and rules in order of their names."""
    sent: Document = call.body["data"]["attributes"]
    for field in ("handle", "version", "name", "requirements"):
        if not sent.get(field):
            place = f"Field 'data.attributes.{field}' is invalid: field '{field}' must not be empty"
            raise refusal(_STYLE, 400, f"input_validation_error({place})")
    controls = [control for item in sent["requirements"] for control in item.get("controls") or ()]
    for id in (id for control in controls for id in control.get("rules_id") or ()):
        if not _RULE.fullmatch(id):
            raise refusal(_STYLE, 400, f"invalid_argument(Cannot find rule id {id})")
    if len({item["name"] for item in sent["requirements"]}) < len(sent["requirements"]):
        raise refusal(_STYLE, 400, "invalid_argument(Requirement names must be unique)")
    return {**sent, "description": sent.get("description", ""), "requirements": _sorted(sent["requirements"])}


def _sorted(requirements: list[Document]) -> list[Document]:
    def control(item: Document) -> Document:
        return {**item, "rules_id": sorted(item.get("rules_id") or ())}

    shown = [
        {**item, "controls": sorted(map(control, item.get("controls") or ()), key=lambda one: one["name"])}
        for item in requirements
    ]
    return sorted(shown, key=lambda item: item["name"])


def _keep(call: RouteCall, attributes: Document) -> Response:
    call.store.put("framework", f"{attributes['handle']}/{attributes['version']}", attributes)
    return _answered({key: attributes[key] for key in ("handle", "version")})


@route("POST", _PATH)
def make_framework(call: RouteCall) -> Response:
    """One of a handle at a time."""
    attributes = _checked(call)
    if any(other["handle"] == attributes["handle"] for other in call.store.all("framework")):
        text = f"already_exists(Framework '{attributes['handle']}' already existed)"
        raise refusal(_STYLE, 409, text)
    return _keep(call, attributes)


@route("GET", _ONE)
def read_framework(call: RouteCall) -> Response:
    found = _found(call)
    return _answered(found, *(() if found.get("description") else ("description",)))


@route("PUT", _ONE)
def write_framework(call: RouteCall) -> Response:
    _found(call)
    return _keep(call, _checked(call))


@route("DELETE", _ONE)
def delete_framework(call: RouteCall) -> Response:
    found = _found(call)
    call.store.delete("framework", f"{call.args['handle']}/{call.args['version']}")
    return _answered(found, "requirements")
