"""Downtimes (v2): cancelled rather than deleted. https://docs.datadoghq.com/api/latest/downtimes/"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection, create, update
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.quirks.users import user
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/downtime"
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_FIELDS = (
    "message",
    "monitor_identifier",
    "scope",
    "schedule",
    "display_timezone",
    "mute_first_recovery_notification",
    "notify_end_types",
    "notify_end_states",
)


def _missing(_call: RouteCall, id: str) -> Refusal:
    if not re.fullmatch(r"[0-9a-f-]{36}", id):
        return texts(400, "Invalid URL param: downtime_id must be an uuid")
    return texts(404, f"Downtime {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {}
    strange = [key for key in sent if key not in _FIELDS and key not in old]
    if call.validates and strange:
        raise texts(400, f"Additional properties are not allowed ('{strange[0]}' was unexpected)")
    schedule = _schedule(call, sent.get("schedule") or {})
    return (
        {
            "message": None,
            "mute_first_recovery_notification": False,
            "notify_end_states": ["alert", "no data", "warn"],
            "notify_end_types": ["expired"],
        }
        | sent
        | {
            "display_timezone": sent.get("display_timezone") or "UTC",
            "schedule": schedule,
            "status": _status(call, schedule),
            "created": old.get("created", call.iso),
            "modified": call.iso,
            "canceled": old.get("canceled"),
        }
    )


def _schedule(call: RouteCall, sent: Document) -> Document:
    """One time from now, unless it says otherwise; a recurring one tells its current downtime."""
    if "recurrences" not in sent:
        start = _time(sent.get("start")) or call.iso
        return {"start": start, "end": _time(sent.get("end"))}
    rules = [_recurrence(call, rule) for rule in sent["recurrences"]]
    zone = sent.get("timezone") or "UTC"
    current = _current(rules[0], zone) if rules else None
    return sent | {"timezone": zone, "recurrences": rules, "current_downtime": current}


def _recurrence(call: RouteCall, rule: Document) -> Document:
    return rule | {"start": rule.get("start") or call.now.strftime("%Y-%m-%dT%H:%M:%S")}


def _current(rule: Document, zone: str) -> Document:
    """The first time the rule comes true, in UTC."""
    start = datetime.fromisoformat(rule["start"]).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    number, unit = int(rule["duration"][:-1]), rule["duration"][-1]
    length = timedelta(seconds=number * _SECONDS.get(unit, 86400))
    return {"start": start.isoformat(), "end": (start + length).isoformat()}


def _time(text: str | None) -> str | None:
    return text.replace("Z", "+00:00") if text else None


def _status(call: RouteCall, schedule: Document) -> str:
    start = schedule.get("start") or (schedule.get("current_downtime") or {}).get("start")
    if start is None:
        return "scheduled"
    return "scheduled" if datetime.fromisoformat(start) > call.now else "active"


def _monitor_id(downtime: Document) -> int | None:
    id: int | None = downtime["attributes"]["monitor_identifier"].get("monitor_id")
    return id


def _select(call: RouteCall, downtimes: list[Document]) -> list[Document]:
    if not call.flag("current_only"):
        return downtimes
    return [item for item in downtimes if item["attributes"]["status"] != "canceled"]


def _bare(_call: RouteCall, downtime: Document) -> Document:
    return {key: value for key, value in downtime.items() if key != "relationships"}


DOWNTIMES = ApiCollection(
    name="downtime",
    path=PATH,
    type="downtime",
    update=("PATCH",),
    merges=True,
    read_only=("status", "created", "modified", "canceled"),
    rules={
        "scope": "str!",
        "monitor_identifier": "dict!",
        "schedule": "dict",
        "message": "str",
        "notify_end_types": "list",
        "notify_end_states": "list",
    },
    pages=PageParameters("offset", "page[offset]", "page[limit]", default=30),
    complete=_complete,
    show=_bare,
    select=_select,
    missing=_missing,
)


def _linked(call: RouteCall, downtime: Document, asked: tuple[str, ...]) -> tuple[Document, list[Document]]:
    """A downtime with the relationships asked for, and the objects they lead to."""
    links: Document = {}
    included: list[Document] = []
    if "created_by" in asked:
        links["created_by"] = {"data": {"type": "users", "id": call.actor.uuid}}
        included.append(_person(call))
    if "monitor" in asked:
        id = _monitor_id(downtime)
        monitor = call.store.get("monitor", id) if id else None
        links["monitor"] = {"data": {"type": "monitor", "id": str(id)} if id else None}
        if monitor:
            included.append({"type": "monitor", "id": id, "attributes": {"name": monitor["name"]}})
    return downtime | {"relationships": links}, included


def _person(call: RouteCall) -> Document:
    person = user(call.actor, call.iso)
    hidden = ("mfa_enabled",)
    attributes = {key: value for key, value in person["attributes"].items() if key not in hidden}
    return {
        "type": "users",
        "id": call.actor.uuid,
        "attributes": attributes | {"uuid": call.actor.uuid, "last_login_time": None},
    }


def _in_full(call: RouteCall, response: Response) -> Response:
    downtime, included = _linked(call, response.json()["data"], ("created_by", "monitor"))
    return answer(response.status, {"data": downtime, "included": included})


@route("POST", PATH)
def schedule_one(call: RouteCall) -> Response:
    return _in_full(call, create(DOWNTIMES, call))


@route("PATCH", f"{PATH}/{{id}}")
def change(call: RouteCall) -> Response:
    return _in_full(call, update(DOWNTIMES, call))


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    downtime = _bare(call, DOWNTIMES.find(call))
    asked = tuple(filter(None, call.query.get("include", "").split(",")))
    if not asked:
        return answer(200, {"data": downtime})
    downtime, included = _linked(call, downtime, asked)
    return answer(200, {"data": downtime, "included": included})


@route("GET", PATH)
def list_all(call: RouteCall) -> Response:
    found = _select(call, call.store.all(DOWNTIMES.name))
    assert DOWNTIMES.pages
    shown = [_bare(call, item) for item in DOWNTIMES.pages.cut(call, found)]
    asked = tuple(filter(None, call.query.get("include", "").split(",")))
    meta = {"meta": {"page": {"total_filtered_count": len(found)}}}
    if not asked:
        return answer(200, {"data": shown} | meta)
    pairs = [_linked(call, item, asked) for item in shown]
    included = {str(item["id"]): item for _, items in pairs for item in items}
    return answer(200, {"data": [item for item, _ in pairs], "included": list(included.values())} | meta)


@route("DELETE", f"{PATH}/{{id}}")
def cancel(call: RouteCall) -> Response:
    """The downtime stays readable; a second cancel is no mistake."""
    downtime = DOWNTIMES.find(call)
    if not downtime["attributes"].get("canceled"):
        ended = {"status": "canceled", "canceled": call.iso, "modified": call.iso}
        changed = downtime | {"attributes": downtime["attributes"] | ended}
        call.store.put(DOWNTIMES.name, downtime["id"], changed)
    return answer(204)


@route("GET", "/api/v2/monitor/{monitor_id}/downtime_matches")
def matches(call: RouteCall) -> Response:
    wanted = call.args["monitor_id"]
    found = [
        {
            "type": "downtime_match",
            "id": downtime["id"],
            "attributes": {
                "groups": ["*"] if downtime["attributes"]["scope"] == "*" else [],
                "scope": downtime["attributes"]["scope"],
                "start": downtime["attributes"]["schedule"].get("start"),
                "end": downtime["attributes"]["schedule"].get("end"),
            },
        }
        for downtime in call.store.all(DOWNTIMES.name)
        if str(_monitor_id(downtime)) == wanted and not downtime["attributes"].get("canceled")
    ]
    return answer(200, {"data": found, "meta": {"page": {"total_filtered_count": len(found)}}})
