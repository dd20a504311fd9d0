"""Settings of an organisation, each under its name. https://docs.datadoghq.com/api/latest/organizations/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.wire import Document, Json, Response, answer, texts

_PATH = "/api/v2/org_configs"
_KNOWN: dict[str, tuple[str, str, Json]] = {
    "custom_roles": ("bool", "Enables the custom roles (RBAC) UI.", False),
    "domain_allowlist": ("email_domain_list", "domain allowlist for emails to be sent", []),
    "monitor_timezone": ("str", "The timezone of monitors", "UTC"),
    "invalid_session_30_days": ("bool", "Ends sessions after 30 days", False),
    "security_contacts": (
        "security_contacts_list",
        "List of emails for security event notifications of an organization",
        [],
    ),
}
_TYPES: dict[str, type] = {"bool": bool, "str": str, "int": int, "email_domain_list": list}


def _all(call: RouteCall) -> list[Document]:
    """Made at the first look."""
    if not call.store.ids("org_config"):
        for name, (type, text, value) in _KNOWN.items():
            attributes = {"name": name, "description": text, "value_type": type, "value": value}
            id = uuid(call.store.random)
            document = {"type": "org_configs", "id": id, "attributes": attributes | {"modified_at": None}}
            call.store.put("org_config", id, document)
    return call.store.all("org_config")


def _found(call: RouteCall) -> Document:
    for config in _all(call):
        if config["attributes"]["name"] == call.args["name"]:
            return config
    raise texts(404, f"OrgConfig: {call.args['name']} not found")


@route("GET", _PATH)
def list_configs(call: RouteCall) -> Response:
    return answer(200, {"data": _all(call)})


@route("GET", f"{_PATH}/{{name}}")
def read_config(call: RouteCall) -> Response:
    return answer(200, {"data": _found(call)})


@route("PATCH", f"{_PATH}/{{name}}")
def write_config(call: RouteCall) -> Response:
    found, value = _found(call), call.body["data"]["attributes"]["value"]
    if not isinstance(value, _TYPES.get(found["attributes"]["value_type"], object)):
        raise texts(400, f"The value provided for parameter 'OrgConfig: {value}' is invalid")
    changed = {**found["attributes"], "value": value, "modified_at": call.iso}
    kept = call.store.put("org_config", found["id"], found | {"attributes": changed})
    return answer(200, {"data": kept})
