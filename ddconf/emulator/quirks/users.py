"""Users: deleting disables. https://docs.datadoghq.com/api/latest/users/"""

from __future__ import annotations

from ddconf.emulator.call import Actor, RouteCall, route
from ddconf.emulator.generic import Family
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/users"


def user(person: Actor, moment: str) -> Document:
    """The first user of an organisation."""
    attributes = _attributes({"name": person.name, "email": person.handle}, moment)
    return {"type": "users", "id": person.uuid, "attributes": attributes} | {
        "relationships": {
            "roles": {"data": []},
            "org": {"data": {"type": "orgs", "id": person.org_uuid}},
        }
    }


def _attributes(sent: Document, moment: str) -> Document:
    return {
        "name": sent.get("name"),
        "handle": sent["email"],
        "created_at": moment,
        "modified_at": moment,
        "email": sent["email"],
        "icon": "",
        "title": sent.get("title"),
        "verified": True,
        "service_account": sent.get("service_account", False),
        "disabled": sent.get("disabled", False),
        "allowed_login_methods": [],
        "status": "Disabled" if sent.get("disabled") else "Active",
        "mfa_enabled": False,
    }


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"User {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    email = str(sent["email"]).lower()
    if before is None and any(_email(other) == email for other in call.store.all("user")):
        raise texts(409, f"User with email {email} already exists")
    made = _attributes(sent | {"email": email}, call.iso)
    kept = before or made
    return made | {"created_at": kept["created_at"], "service_account": kept["service_account"]}


def _email(person: Document) -> str:
    return str(person["attributes"]["email"])


def _select(call: RouteCall, users: list[Document]) -> list[Document]:
    text = call.query.get("filter", "").lower()
    return [person for person in users if text in _email(person)]


def _counted(_call: RouteCall, total: int, _shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": total}}}


USERS = Family(
    name="user",
    path=PATH,
    type="users",
    created=201,
    update=("PATCH",),
    merges=True,
    rules={"email": "str!", "name": "str", "title": "str", "disabled": "bool"},
    pages=PageParameters("page", "page[number]", "page[size]", default=10, extra=_counted),
    complete=_complete,
    select=_select,
    missing=_missing,
)


@route("POST", "/api/v2/service_accounts")
def make_service_account(call: RouteCall) -> Response:
    """A user without a person; read and changed as any other."""
    sent = call.body["data"]["attributes"]
    document = {
        "type": "users",
        "id": call.store.new_id(USERS.name, USERS.new_id),
        "attributes": _attributes({**sent, "email": str(sent["email"]).lower()}, call.iso)
        | {"service_account": True},
    }
    call.store.put(USERS.name, str(document["id"]), document)
    return answer(201, {"data": document})


@route("DELETE", f"{PATH}/{{id}}")
def disable(call: RouteCall) -> Response:
    person = USERS.find(call)
    off = person["attributes"] | {"disabled": True, "status": "Disabled"}
    call.store.put(USERS.name, person["id"], person | {"attributes": off})
    return answer(204)


@route("GET", "/api/v2/current_user")
def current_user(call: RouteCall) -> Response:
    return answer(200, {"data": call.store.get("user", call.actor.uuid) or user(call.actor, call.iso)})
