"""Suites of synthetic tests: JSON:API, deleted in bulk, versions in reads only.

https://docs.datadoghq.com/api/latest/synthetics/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import dashed, number, uuid
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/synthetics/suites"


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "Synthetics test not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    old = before or {
        "created_at": call.iso,
        "monitor_id": call.store.new_id("monitor", number(9)),
        "version": 0,
    }
    return (
        {"message": "", "tags": [], "options": {}}
        | sent
        | {
            "org_id": call.actor.org_id,
            "monitor_id": old["monitor_id"],
            "created_at": old["created_at"],
            "modified_at": call.iso,
            "created_by": call.actor.creator,
            "modified_by": call.actor.creator,
            "version": old["version"] + 1,
            "version_uuid": uuid(call.store.random),
        }
    )


def _show(_call: RouteCall, suite: Document) -> Document:
    return suite | {"attributes": suite["attributes"] | {"public_id": suite["id"]}}


def _wrote(call: RouteCall, suite: Document) -> Document:
    hidden = ("version", "version_uuid")
    shown = _show(call, suite)
    return shown | {"attributes": {k: v for k, v in shown["attributes"].items() if k not in hidden}}


SUITES = ApiCollection(
    name="synthetics_suite",
    path=PATH,
    type="suites",
    new_id=dashed,
    rules={"name": "str!", "tests": "list!", "type": "suite!", "options": "dict", "tags": "list"},
    complete=_complete,
    show=_show,
    show_written=_wrote,
    missing=_missing,
)


@route("POST", f"{PATH}/bulk-delete")
def delete_many(call: RouteCall) -> Response:
    ids = call.body["data"]["attributes"]["public_ids"]
    gone = [id for id in ids if call.store.delete(SUITES.name, id)]
    moment = call.now.strftime("%Y-%m-%d %H:%M:%S.%f")
    deleted = [
        {"type": "suites", "id": id, "attributes": {"deleted_at": moment, "public_id": id}} for id in gone
    ]
    return answer(200, {"data": deleted})


_HIT = ("monitor_id", "created_by", "modified_at", "options", "tests", "name", "tags", "type")


def _hit(suite: Document) -> Document:
    """A suite as the search lists it, with how its monitor fares."""
    attributes = suite["attributes"]
    state = {
        "public_id": suite["id"],
        "monitor_name": f"[Synthetics] {attributes['name']}",
        "monitor_status": "No Data",
        "last_triggered_ts": None,
        "notifications": [],
    }
    told = {key: attributes[key] for key in state if key in attributes}
    return {key: attributes[key] for key in _HIT if key in attributes} | state | told


@route("GET", f"{PATH}/search")
def search(call: RouteCall) -> Response:
    words = call.query.get("query", "").lower()
    found = [
        _hit(suite) for suite in call.store.all(SUITES.name) if words in suite["attributes"]["name"].lower()
    ]
    start, count = call.count("start", 0), call.count("count", 50)
    attributes = {"facets": [], "suites": found[start : start + count], "total": len(found)}
    return answer(
        200, {"data": {"type": "suites_search", "id": uuid(call.store.random), "attributes": attributes}}
    )
