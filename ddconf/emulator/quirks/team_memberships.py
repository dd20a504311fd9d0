"""Who belongs to a team, addressed by the user's id; and which team belongs to which.

https://docs.datadoghq.com/api/latest/teams/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create
from ddconf.emulator.pages import PageParameters, number_links
from ddconf.emulator.quirks.teams import PATH, TEAMS, is_uuid, team_of
from ddconf.emulator.wire import Document, Refusal, Response, answer, detailed, texts

MEMBERS = f"{PATH}/{{team_id}}/memberships"
_ROLES = (None, "admin")
_PAGES = PageParameters("page", "page[number]", "page[size]", default=10, extra=number_links)


def _membership(call: RouteCall, user_id: str, role: str | None, number: int) -> Document:
    return {
        "id": f"TeamMembership-{call.args['team_id']}-{number}",
        "type": "team_memberships",
        "attributes": {"provisioned_by": None, "provisioned_by_id": call.actor.uuid, "role": role},
        "relationships": {"user": {"data": {"id": user_id, "type": "users"}}},
    }


def _known_team(call: RouteCall) -> str:
    if not is_uuid(call.args["team_id"]):
        team_of(call)  # refused as all else that belongs to a team
    if call.store.get("team", call.args["team_id"]) is None:
        detail = f"Failed to find team memberships: no team found (teamId={call.args['team_id']})"
        raise detailed(404, status="404", title="Not Found", detail=detail)
    return f"team_membership/{call.args['team_id']}"


def _role(call: RouteCall) -> str | None:
    role: str | None = call.body["data"].get("attributes", {}).get("role")
    if role not in _ROLES:
        fault = {"detail": "Not a valid choice.", "source": {"pointer": "/data/attributes/role"}}
        raise texts(400, str({"errors": [fault]}))
    return role


@route("GET", MEMBERS)
def list_members(call: RouteCall) -> Response:
    found = call.store.all(_known_team(call))
    shown = _PAGES.cut(call, found)
    return answer(200, {"data": shown, **_PAGES.extra(call, len(found), len(shown))})


@route("POST", MEMBERS)
def add(call: RouteCall) -> Response:
    team = team_of(call)
    try:
        user_id = str(call.body["data"]["relationships"]["user"]["data"]["id"])
    except (KeyError, TypeError):
        raise detailed(400, status="400", title="Bad Request", detail="a user is required") from None
    name = f"team_membership/{team['id']}"
    if call.store.get(name, user_id):
        detail = f"users already present on the team [{user_id}]"
        raise detailed(409, status="409", title="Conflict", detail=detail)
    made = _membership(call, user_id, _role(call), call.store.random.randrange(10**6, 10**7))
    call.store.put(name, user_id, made)
    return answer(200, {"data": made, "included": [_person(call, user_id)]})


def _person(call: RouteCall, user_id: str) -> Document:
    person = call.store.get("user", user_id) or {"attributes": {}}
    keys = ("disabled", "email", "handle", "icon", "name", "service_account", "status")
    return {"id": user_id, "type": "users", "attributes": {k: person["attributes"].get(k) for k in keys}}


def _find(call: RouteCall) -> Document:
    found = call.store.get(_known_team(call), call.args["user_id"])
    if found is None and not is_uuid(call.args["user_id"]):
        raise texts(404, f"{call.args['user_id']} is not a valid UUID not found")
    if found is None:
        detail = f"user {call.args['user_id']} is no member of the team"
        raise detailed(404, status="404", title="Not Found", detail=detail)
    return found


@route("PATCH", f"{MEMBERS}/{{user_id}}")
def change(call: RouteCall) -> Response:
    found = _find(call)
    changed = found | {"attributes": found["attributes"] | {"role": _role(call)}}
    call.store.put(_known_team(call), call.args["user_id"], changed)
    return answer(200, {"data": changed})


@route("DELETE", f"{MEMBERS}/{{user_id}}")
def remove(call: RouteCall) -> Response:
    _find(call)
    call.store.delete(_known_team(call), call.args["user_id"])
    return answer(204)


MEMBER_TEAMS = f"{PATH}/{{team_id}}/member_teams"


def _below(call: RouteCall) -> list[Document]:
    """The links from the team in the path to those that belong to it."""
    id = team_of(call)["id"]
    links = call.store.all(HIERARCHY.name)
    return [link for link in links if link["relationships"]["parent_team"]["data"]["id"] == id]


@route("GET", MEMBER_TEAMS)
def list_member_teams(call: RouteCall) -> Response:
    ids = [link["relationships"]["sub_team"]["data"]["id"] for link in _below(call)]
    teams = [team for id in ids if (team := call.store.get("team", id))]
    shown = [TEAMS.show(call, team) for team in _PAGES.cut(call, teams)]
    return answer(200, {"data": shown, **_PAGES.extra(call, len(teams), len(shown))})


@route("POST", MEMBER_TEAMS)
def add_member_team(call: RouteCall) -> Response:
    parent, id = team_of(call), call.body["data"]["id"]
    if call.store.get("team", id) is None:
        raise texts(404, f"Team for ID {id} not found")
    made: Document = {
        "id": call.store.new_id(HIERARCHY.name, HIERARCHY.new_id),
        "type": HIERARCHY.type,
        "attributes": {"created_at": call.zulu, "provisioned_by": ""},
        "relationships": {
            "parent_team": {"data": {"id": parent["id"], "type": "team"}},
            "sub_team": {"data": {"id": id, "type": "team"}},
        },
    }
    call.store.put(HIERARCHY.name, made["id"], made)
    return answer(204)


@route("DELETE", f"{MEMBER_TEAMS}/{{member_id}}")
def remove_member_team(call: RouteCall) -> Response:
    wanted = call.args["member_id"]
    found = [link for link in _below(call) if link["relationships"]["sub_team"]["data"]["id"] == wanted]
    if not found:
        raise texts(404, f"Team for ID {wanted} not found")
    call.store.delete(HIERARCHY.name, found[0]["id"])
    return answer(204)


def _link_missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Not Found: link with id {id} not found")


HIERARCHY = ApiCollection(
    name="team_hierarchy_link",
    path="/api/v2/team-hierarchy-links",
    type="team_hierarchy_links",
    update=(),
    pages=_PAGES,
    complete=lambda call, _sent, _before: {"created_at": call.zulu, "provisioned_by": ""},
    select=lambda call, links: _between(call, links),
    missing=_link_missing,
)


@route("POST", HIERARCHY.path)
def put_under(call: RouteCall) -> Response:
    ends = call.body["data"]["relationships"]
    if any(link["relationships"] == ends for link in call.store.all(HIERARCHY.name)):
        raise texts(409, "Conflict: the team hierarchy link already exists")
    return answer(200, create(HIERARCHY, call).json() | {"included": _both(call, ends)})


@route("GET", f"{HIERARCHY.path}/{{id}}")
def read_link(call: RouteCall) -> Response:
    link = HIERARCHY.find(call)
    address = {"self": f"https://api.datadoghq.com{call.path}"}
    return answer(200, {"data": link, "links": address, "included": _both(call, link["relationships"])})


def _between(call: RouteCall, links: list[Document]) -> list[Document]:
    parent, sub = call.query.get("filter[parent_team]"), call.query.get("filter[sub_team]")
    return [
        link
        for link in links
        if parent in (None, link["relationships"]["parent_team"]["data"]["id"])
        and sub in (None, link["relationships"]["sub_team"]["data"]["id"])
    ]


def _both(call: RouteCall, ends: Document) -> list[Document]:
    ids = [ends["parent_team"]["data"]["id"], ends["sub_team"]["data"]["id"]]
    return [team for id in ids if (team := call.store.get("team", id))]
