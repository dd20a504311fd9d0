"""Organisations: the own one is always there, children are made beside it.

https://docs.datadoghq.com/api/latest/organizations/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import hexadecimal
from ddconf.emulator.wire import Document, Response, answer, texts

_PATH = "/api/v1/org"
_OFF = {"enabled": False}
_SETTINGS = {
    "default_landing_page": "Dashboard Lists",
    "saml": _OFF,
    "saml_can_be_enabled": False,
    "saml_login_url": None,
    "saml_idp_metadata_uploaded": False,
    "saml_idp_endpoint": None,
    "saml_idp_metadata_valid_until": None,
    "custom_landing_page": None,
    "saml_idp_initiated_login": _OFF,
    "saml_strict_mode": _OFF,
    "saml_autocreate_access_role": "st",
    "saml_autocreate_users_domains": {"enabled": False, "domains": []},
    "private_widget_share": False,
    "manage_reports": None,
}
_CHILD_LACKS = ("default_landing_page", "custom_landing_page", "manage_reports")


def _new(call: RouteCall, id: str, name: str, settings: Document) -> Document:
    subscription = {
        "id": None,
        "billing_plan_id": 8,
        "started": call.epoch,
        "expires": None,
        "finished": None,
    }
    states = {"type": "pro", "is_custom": False, "is_trial": False, "is_expired": False}
    return {
        "public_id": id,
        "name": name,
        "description": None,
        "created": call.now.strftime("%Y-%m-%d %H:%M:%S"),
        "subscription": subscription | states,
        "billing": {"type": "parent_billing"},
        "settings": settings,
    }


def _all(call: RouteCall) -> list[Document]:
    """The own organisation first, made at the first look."""
    found = call.store.all("child_organization")
    if not found:
        found = [call.store.put("child_organization", call.actor.org_uuid, _own(call))]
    return found


def _own(call: RouteCall) -> Document:
    return _new(call, call.actor.org_uuid, call.actor.org_name, _SETTINGS)


def _found(call: RouteCall) -> Document:
    for organisation in _all(call):
        if organisation["public_id"] == call.args["id"]:
            return organisation
    raise texts(403, "Forbidden")


@route("GET", _PATH)
def list_organizations(call: RouteCall) -> Response:
    return answer(200, {"orgs": _all(call)})


@route("POST", _PATH)
def make_child(call: RouteCall) -> Response:
    """With keys and a user of its own."""
    name = call.body.get("name")
    if not isinstance(name, str) or not name or len(name) > 32:
        raise texts(400, "Invalid organization name: at most 32 characters")
    settings = {key: value for key, value in _SETTINGS.items() if key not in _CHILD_LACKS}
    made = _new(call, hexadecimal(call.store.random)[:16], name, settings)
    _all(call)
    call.store.put("child_organization", made["public_id"], made)
    moment = call.now.strftime("%Y-%m-%d %H:%M:%S")
    about = {"created": moment, "created_by": call.actor.handle}
    key = {"name": "API Key", "key": hexadecimal(call.store.random), **about}
    active = {"is_active": True, "disabled": "", "disabled_by": ""}
    application = {"owner": call.actor.handle, "hash": hexadecimal(call.store.random), "name": "default"}
    user = {"handle": call.actor.handle, "email": call.actor.handle, "name": call.actor.name}
    rights = {"access_role": "adm", "disabled": False, "verified": True, "role": None, "icon": ""}
    body = {"org": made, "api_key": key | active, "application_key": application, "user": user | rights}
    return answer(200, body)


@route("GET", f"{_PATH}/{{id}}")
def read_organization(call: RouteCall) -> Response:
    return answer(200, {"org": _found(call)})


@route("PUT", f"{_PATH}/{{id}}")
def write_organization(call: RouteCall) -> Response:
    """What is not named stays."""
    before = _found(call)
    sent = {key: value for key, value in call.body.items() if key in ("name", "description")}
    settings = {**before["settings"], **(call.body.get("settings") or {})}
    kept = {**before, **sent, "settings": settings}
    return answer(200, {"org": call.store.put("child_organization", before["public_id"], kept)})
