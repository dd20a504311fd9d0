"""Teams with their links, notification rules and permission settings.

https://docs.datadoghq.com/api/latest/teams/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.pages import PageParameters, number_links
from ddconf.emulator.wire import Document, Refusal, Response, answer, detailed, texts

PATH = "/api/v2/team"
SETTINGS = f"{PATH}/{{team_id}}/permission-settings"
_ACTIONS = {
    "manage_membership": (
        "Add and Remove Members",
        "organization",
        ["user_access_manage", "admins", "members", "organization"],
    ),
    "edit": ("Edit Team Details", "members", ["teams_manage", "admins", "members"]),
}


def is_uuid(text: str) -> bool:
    return bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", text))


def _missing(_call: RouteCall, id: str) -> Refusal:
    if not is_uuid(id):
        return texts(404, f"{id} is not a valid UUID not found")
    return texts(404, f"Team for ID {id} not found")


def _malformed(messages: list[str]) -> Refusal:
    return detailed(400, status="400", title="Bad Request", detail="; ".join(messages))


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {"banner": call.store.random.randrange(1, 13), "created_at": call.iso}
    for key in ("handle", "name"):
        if before is None and any(
            sent[key] == other["attributes"].get(key) for other in call.store.all("team")
        ):
            raise detailed(409, status="409", title="Conflict", detail=f"{key} {sent[key]} already in use")
    return {
        "name": sent["name"],
        "handle": sent["handle"],
        "summary": sent.get("description"),
        "description": sent.get("description"),
        "avatar": sent.get("avatar"),
        "banner": sent.get("banner") or old["banner"],
        "visible_modules": sent.get("visible_modules"),
        "hidden_modules": sent.get("hidden_modules"),
        "is_managed": sent.get("is_managed") or False,
        "created_at": old["created_at"],
        "modified_at": call.iso,
    }


def _wrote(call: RouteCall, team: Document) -> Document:
    """With counts and, as relationships, the addresses of what belongs to the team."""
    id = team["id"]
    counts = {
        "user_count": len(call.store.ids(f"team_membership/{id}")),
        "link_count": len(call.store.ids(f"team_link/{id}")),
    }
    root = f"{PATH}/{id}"
    links = {
        "team_links": {"data": [], "links": {"related": f"{root}/links"}},
        "user_team_permissions": {"data": None, "links": {"related": f"{root}/permission-settings"}},
    }
    return team | {"attributes": team["attributes"] | counts, "relationships": links}


def _show(call: RouteCall, team: Document) -> Document:
    """Reads leave out the banner, and what else is empty of the looks."""
    shown = _wrote(call, team)
    looks = ("avatar", "visible_modules", "hidden_modules")
    attributes = {
        key: value
        for key, value in shown["attributes"].items()
        if key != "banner" and (value or key not in looks)
    }
    return shown | {"attributes": attributes | {"summary": attributes.get("summary") or None}}


def _may_delete(call: RouteCall, team: Document) -> None:
    for part in ("team_membership", "team_link", "team_notification_rule"):
        for id in call.store.ids(f"{part}/{team['id']}"):
            call.store.delete(f"{part}/{team['id']}", id)


def _select(call: RouteCall, teams: list[Document]) -> list[Document]:
    words = call.query.get("filter[keyword]", "").lower()
    return [
        team
        for team in teams
        if words in f"{team['attributes']['name']} {team['attributes']['handle']}".lower()
    ]


TEAMS = ApiCollection(
    name="team",
    path=PATH,
    type="team",
    created=201,
    update=("PATCH",),
    merges=True,
    read_only=("created_at", "modified_at", "user_count", "link_count", "summary"),
    rules={"name": "str!", "handle": "str!", "description": "str", "visible_modules": "list"},
    pages=PageParameters("page", "page[number]", "page[size]", default=100, extra=number_links),
    complete=_complete,
    show=_show,
    show_written=_wrote,
    select=_select,
    may_delete=_may_delete,
    missing=_missing,
    malformed=_malformed,
)


def team_of(call: RouteCall) -> Document:
    """The team in the path of something that belongs to one."""
    team = call.store.get("team", call.args["team_id"])
    if team is None:
        raise _missing(call, call.args["team_id"])
    return team


def _link_missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Link for ID {id} not found" if is_uuid(id) else f"{id} is not a valid UUID not found")


def _link(call: RouteCall, sent: Document, _before: Document | None) -> Document:
    team_of(call)
    return {"label": sent["label"], "url": sent["url"], "position": sent.get("position") or 0} | {
        "team_id": call.args["team_id"]
    }


def _of_team(call: RouteCall, documents: list[Document]) -> list[Document]:
    team_of(call)
    return documents


LINKS = ApiCollection(
    name="team_link",
    path=f"{PATH}/{{team_id}}/links",
    type="team_links",
    update=("PATCH",),
    merges=True,
    rules={"label": "str!", "url": "str!", "position": "int"},
    complete=_link,
    select=_of_team,
    missing=_link_missing,
)


def _rule_missing(call: RouteCall, id: str) -> Refusal:
    if call.method == "GET":
        return detailed(404, status="404", title="Not Found", detail="rule not found")
    if call.method == "PUT":
        return detailed(
            409, status="409", title="Conflict", detail="rule id does not match with team's rule id"
        )
    return detailed(404, status="404", detail=f"rule ID {id} was not found in team ID {call.args['team_id']}")


def _rule(call: RouteCall, sent: Document, before: Document | None) -> Document:
    team_of(call)
    if before is None and call.store.ids(f"team_notification_rule/{call.args['team_id']}"):
        detail = "notification rule already exists for this team"
        raise detailed(409, status="409", title="Conflict", detail=detail)
    return {key: value for key, value in sent.items() if value != {"enabled": False}}


RULES = ApiCollection(
    name="team_notification_rule",
    path=f"{PATH}/{{team_id}}/notification-rules",
    type="team_notification_rules",
    created=201,
    complete=_rule,
    select=_of_team,
    missing=_rule_missing,
)


@route("GET", SETTINGS)
def list_settings(call: RouteCall) -> Response:
    team_of(call)
    return answer(200, {"data": [_setting(call, action) for action in _ACTIONS]})


@route("PUT", f"{SETTINGS}/{{action}}")
def write_setting(call: RouteCall) -> Response:
    team_of(call)
    action = call.args["action"]
    if action not in _ACTIONS:
        raise texts(404, f'Invalid action type "{action}". Valid actions: {", ".join(_ACTIONS)} not found')
    value = call.body["data"]["attributes"]["value"]
    if value not in _ACTIONS[action][2]:
        raise _malformed([f"invalid value {value} for {action}"])
    call.store.set_fact(f"team_setting/{call.args['team_id']}/{action}", value)
    return answer(200, {"data": _setting(call, action)})


def _setting(call: RouteCall, action: str) -> Document:
    team_id = call.args["team_id"]
    title, default, options = _ACTIONS[action]
    return {
        "id": f"TeamPermission-{team_id}-{action}",
        "type": "team_permission_settings",
        "attributes": {
            "action": action,
            "value": call.store.fact(f"team_setting/{team_id}/{action}", default),
            "title": title,
            "editable": True,
            "options": options,
        },
    }
