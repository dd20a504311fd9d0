"""Downtimes of the first API version: epoch seconds, many nulls, cancelled rather than deleted.

https://docs.datadoghq.com/api/latest/downtimes/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import number, uuid
from ddconf.emulator.store import Store
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/downtime"
_RECURRENCE: Document = {"week_days": None, "until_occurrences": None, "until_date": None}


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "Downtime not found")


def _recurrence(sent: Document | None) -> Document | None:
    return _RECURRENCE | sent if sent and sent.get("type") != "rrule" else sent or None


def _kind(scope: list[str]) -> int:
    """0 for everything, 1 for a host, 2 for the rest."""
    if scope == ["*"]:
        return 0
    return 1 if len(scope) == 1 and scope[0].startswith("host:") else 2


def active_of(store: Store, monitor_id: int) -> list[Document]:
    """The downtimes of one monitor, and of all of them, that are not cancelled."""
    return [
        item
        for item in store.all("downtime_v1")
        if not item["canceled"]
        and (item.get("monitor_id") == monitor_id or (of_all(item) and item.get("active")))
    ]


def of_all(downtime: Document) -> bool:
    """Whether a downtime silences the whole organisation."""
    everybody = downtime.get("monitor_tags", ["*"]) == ["*"] and downtime["scope"] == ["*"]
    return downtime.get("monitor_id") is None and everybody


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {}
    recurrence = sent.get("recurrence")
    if recurrence and recurrence.get("until_date") and recurrence.get("until_occurrences"):
        raise texts(400, "You must provide only provide one of (until_occurrences, until_date)")
    scope = sent.get("scope") or ["*"]
    scope = scope.split(",") if isinstance(scope, str) else scope
    start = sent.get("start") or call.epoch
    chosen = {
        "monitor_id": sent.get("monitor_id"),
        "start": start,
        "end": sent.get("end"),
        "message": sent.get("message"),
        "recurrence": _recurrence(recurrence),
        "timezone": sent.get("timezone") or "UTC",
        "scope": scope,
        "monitor_tags": sorted(sent.get("monitor_tags") or ["*"]),
        "mute_first_recovery_notification": sent.get("mute_first_recovery_notification") or False,
        "notify_end_types": sent.get("notify_end_types") or ["expired"],
        "notify_end_states": sent.get("notify_end_states") or ["alert", "no data", "warn"],
    }
    state = {
        "active": start <= call.epoch,
        "status": "active" if start <= call.epoch else "scheduled",
        "downtime_type": _kind(scope),
        "canceled": old.get("canceled"),
        "disabled": old.get("disabled", False),
    }
    return chosen | state | _stamps(call, before)


def _stamps(call: RouteCall, before: Document | None) -> Document:
    old = before or {"created": call.epoch, "uuid": uuid(call.store.random)}
    return {
        "org_id": call.actor.org_id,
        "created": old["created"],
        "modified": call.epoch,
        "creator_id": call.actor.id,
        "updater_id": call.actor.id if before else None,
        "parent_id": None,
        "child_id": None,
        "uuid": old["uuid"],
    }


DOWNTIMES = ApiCollection(
    name="downtime_v1",
    path=PATH,
    new_id=number(10),
    merges=True,
    show_written=lambda call, downtime: downtime | ({"uuid": None} if call.method == "PUT" else {}),
    rules={"monitor_tags": "list", "recurrence": "dict", "message": "str", "start": "int"},
    complete=_complete,
    missing=_missing,
)


@route("DELETE", f"{PATH}/{{id}}")
def cancel(call: RouteCall) -> Response:
    _cancel(call, DOWNTIMES.find(call))
    return answer(204)


def _cancel(call: RouteCall, downtime: Document) -> None:
    if downtime["canceled"]:
        return
    ended = {
        "canceled": call.epoch,
        "modified": call.epoch,
        "active": False,
        "disabled": True,
        "status": "canceled",
        "updater_id": call.actor.id,
    }
    call.store.put(DOWNTIMES.name, downtime["id"], downtime | ended)


@route("POST", f"{PATH}/cancel/by_scope")
def cancel_by_scope(call: RouteCall) -> Response:
    scope = call.body.get("scope") if isinstance(call.body, dict) else None
    found = [
        item
        for item in call.store.all(DOWNTIMES.name)
        if scope in (item["scope"], ",".join(item["scope"])) and not item["canceled"]
    ]
    if not found:
        raise texts(404, "No downtimes found")
    for downtime in found:
        _cancel(call, downtime)
    return answer(200, {"cancelled_ids": [downtime["id"] for downtime in found]})
