"""Users and service accounts: deleting disables. https://docs.datadoghq.com/api/latest/users/"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from ddconf.emulator.call import Actor, RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.quirks.roles import give_roles, included_roles, role_ids
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/users"
_ICON = "https://secure.gravatar.com/avatar/00000000000000000000000000000000?s=48&d=retro"


def user(person: Actor, moment: str, roles: Sequence[str] = ()) -> Document:
    """The first user of an organisation."""
    attributes = attributes_of({"name": person.name, "email": person.handle}, moment, person.uuid)
    active = {"verified": True, "status": "Active"}
    return {"type": "users", "id": person.uuid, "attributes": attributes | active} | {
        "relationships": {
            "roles": {"data": [{"type": "roles", "id": id} for id in roles]},
            "org": {"data": {"type": "orgs", "id": person.org_uuid}},
        }
    }


def attributes_of(sent: Document, moment: str, id: str) -> Document:
    """Someone new has yet to accept the invitation."""
    return {
        "uuid": id,
        "name": sent.get("name"),
        "handle": sent["email"],
        "created_at": moment,
        "modified_at": moment,
        "email": sent["email"],
        "icon": _ICON,
        "title": sent.get("title"),
        "verified": False,
        "service_account": False,
        "disabled": sent.get("disabled", False),
        "allowed_login_methods": [],
        "status": "Disabled" if sent.get("disabled") else "Pending",
        "last_login_time": None,
    }


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "user not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    email = str(sent["email"]).lower()
    people = (one for one in call.store.all("user") if not one["attributes"].get("service_account"))
    if before is None and any(_email(other) == email for other in people):
        raise texts(409, f"User {email} already exists")
    made = attributes_of(sent | {"email": email}, call.iso, "")
    if before is None:
        return made
    own = ("uuid", "created_at", "service_account", "verified", "allowed_login_methods", "last_login_time")
    kept = {key: before[key] for key in own if key in before}
    handle = {"handle": before["handle"]} if before.get("service_account") else {}
    same = bool(sent.get("disabled")) == bool(before.get("disabled"))
    return made | kept | handle | ({"status": before["status"]} if same else {})


def _email(person: Document) -> str:
    return str(person["attributes"].get("email", ""))


def _select(call: RouteCall, users: list[Document]) -> list[Document]:
    text = call.query.get("filter", "").lower()
    states = {state for state in call.query.get("filter[status]", "").lower().split(",") if state}
    found = [
        person for person in users if text in f"{_email(person)} {person['attributes'].get('name')}".lower()
    ]
    return [person for person in found if not states or person["attributes"]["status"].lower() in states]


def _show(_call: RouteCall, person: Document) -> Document:
    return person | {"attributes": {**person["attributes"], "mfa_enabled": False}}


def _shown_written(call: RouteCall, person: Document) -> Document:
    """With the roles that a create names and the organisation."""
    if call.method == "POST":
        sent = role_ids(call.body["data"])
        links = {"org": {"data": {"type": "orgs", "id": call.actor.org_uuid}}}
        attributes = {**person["attributes"], "uuid": person["id"]}
        return give_roles(call, person | {"attributes": attributes, "relationships": links}, sent)
    told = {key: value for key, value in person["attributes"].items() if key != "uuid"}
    return person | {"attributes": told}


def _included(call: RouteCall, users: list[Document]) -> Document:
    found = included_roles(call, [id for person in users for id in role_ids(person)])
    return {"included": found} if found else {}


def _counted(_call: RouteCall, total: int, _shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": total, "max_page_size": 1000}}}


USERS = ApiCollection(
    name="user",
    path=PATH,
    type="users",
    created=201,
    update=("PATCH",),
    merges=True,
    rules={"email": "str!", "name": "str", "title": "str", "disabled": "bool"},
    pages=PageParameters("page", "page[number]", "page[size]", default=10, extra=_counted),
    complete=_complete,
    show=_show,
    show_written=_shown_written,
    beside=_included,
    select=_select,
    missing=_missing,
)


@route("POST", "/api/v2/service_accounts")
def make_service_account(call: RouteCall) -> Response:
    """A user without a person, who is there at once; read and changed as any other."""
    data = call.body["data"]
    id = str(call.store.new_id(USERS.name, USERS.new_id))
    sent = {**data["attributes"], "email": str(data["attributes"]["email"]).lower()}
    own = {"handle": id, "service_account": True, "verified": True, "status": "Active"}
    links = {"org": {"data": {"type": "orgs", "id": call.actor.org_uuid}}}
    attributes = attributes_of(sent, call.iso, id) | own
    document = {"type": "users", "id": id, "attributes": attributes, "relationships": links}
    made = give_roles(call, document, role_ids(data))
    return answer(201, {"data": made, **_included(call, [made])})


@route("DELETE", f"{PATH}/{{id}}")
def disable(call: RouteCall) -> Response:
    person = call.store.get(USERS.name, call.args["id"])
    if person is None:
        raise texts(404, f"{call.args['id']} not found")
    off = person["attributes"] | {"disabled": True, "status": "Disabled"}
    call.store.put(USERS.name, person["id"], person | {"attributes": off})
    return answer(204)


@route("GET", "/api/v2/current_user")
def current_user(call: RouteCall) -> Response:
    """Who the keys belong to, with the roles and the organisation."""
    person = call.store.get("user", call.actor.uuid) or user(call.actor, call.iso)
    organisation = {
        "name": call.actor.org_name,
        "description": None,
        "created_at": call.iso,
        "modified_at": call.iso,
        "disabled": False,
        "public_id": call.actor.org_uuid[:11],
        "sharing": "none",
        "url": None,
    }
    included = [
        *included_roles(call, role_ids(person)),
        {"type": "orgs", "id": call.actor.org_uuid, "attributes": organisation},
    ]
    return answer(200, {"data": person, "included": included})


@route("GET", f"{PATH}/{{id}}/permissions")
def permissions_of_user(call: RouteCall) -> Response:
    found = included_roles(call, role_ids(USERS.find(call)))
    return answer(200, {"data": [item for item in found if item["type"] == "permissions"]})


@route("GET", f"{PATH}/{{id}}/orgs")
def organisations_of_user(call: RouteCall) -> Response:
    person = USERS.find(call)
    return answer(200, {"data": person, "included": []})


_INVITATIONS = "/api/v2/user_invitations"


@route("POST", _INVITATIONS)
def invite(call: RouteCall) -> Response:
    """A mail to each user; whoever has an invitation already is reminded."""
    made = []
    reminded = {item["relationships"]["user"]["data"]["id"] for item in call.store.all("user_invitation")}
    for sent in call.body["data"]:
        person = sent["relationships"]["user"]["data"]
        if call.store.get(USERS.name, person["id"]) is None:
            raise texts(404, "user not found")
        id = uuid(call.store.random)
        attributes = {
            "uuid": id,
            "login_method": None,
            "invite_type": "basic_reminder" if person["id"] in reminded else "basic_invite",
            "created_at": call.iso,
            "expires_at": (call.now + timedelta(days=2)).isoformat(timespec="microseconds"),
        }
        links = {"user": {"data": {"type": "users", "id": person["id"]}}}
        document = {"type": "user_invitations", "id": id, "attributes": attributes, "relationships": links}
        made.append(call.store.put("user_invitation", id, document))
    return answer(201, {"data": made})


@route("GET", f"{_INVITATIONS}/{{id}}")
def read_invitation(call: RouteCall) -> Response:
    found = call.store.get("user_invitation", call.args["id"])
    if found is None:
        raise texts(404, f"{call.args['id']} not found")
    return answer(200, {"data": found})
