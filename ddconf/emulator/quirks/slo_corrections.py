"""SLO corrections: times that do not count.

https://docs.datadoghq.com/api/latest/service-level-objective-corrections/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/slo/correction"
_STAMPS = ("created_at", "modified_at")


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"SLO correction with id {id} not found")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    slo_id = (before or sent).get("slo_id")
    if slo_id is None and not (before or sent).get("slo_query"):
        raise texts(400, "'slo_id' is a required property")
    if slo_id is not None and call.store.get("slo", slo_id) is None:
        raise texts(400, f"SLO {slo_id} not found")
    filled: Document = {"description": "", "timezone": "UTC", "rrule": None, "duration": None, "end": None}
    old = before or {"created_at": call.epoch}
    changer = {"data": {"type": "users", "id": call.actor.uuid, "attributes": call.actor.creator}}
    return (
        filled
        | sent
        | {
            **({"slo_id": slo_id} if slo_id is not None else {}),
            "created_at": old["created_at"],
            "modified_at": call.epoch,
            "creator": old.get("creator", changer),
            "modifier": changer if before else None,
        }
    )


def _wrote(_call: RouteCall, correction: Document) -> Document:
    """The times are told by the next read only."""
    return correction | {"attributes": correction["attributes"] | dict.fromkeys(_STAMPS)}


def _counted(_call: RouteCall, total: int, _shown: int) -> Document:
    return {"meta": {"page": {"total_count": total, "total_filtered_count": total}}}


CORRECTIONS = ApiCollection(
    name="slo_correction",
    path=PATH,
    type="correction",
    update=("PATCH",),
    merges=True,
    read_only=(*_STAMPS, "creator", "modifier"),
    rules={
        "slo_id": "str",
        "category": "Scheduled Maintenance|Outside Business Hours|Deployment|Other!",
        "start": "int!",
        "end": "int",
        "duration": "int",
        "rrule": "str",
        "timezone": "str",
        "description": "str",
    },
    pages=PageParameters("offset", "offset", "limit", default=25, extra=_counted),
    complete=_complete,
    show_written=_wrote,
    missing=_missing,
)


@route("GET", "/api/v1/slo/{slo_id}/corrections")
def of_slo(call: RouteCall) -> Response:
    if call.store.get("slo", call.args["slo_id"]) is None:
        raise texts(404, f"SLO not found: {call.args['slo_id']} not found")
    found = [
        correction
        for correction in call.store.all(CORRECTIONS.name)
        if correction["attributes"].get("slo_id") == call.args["slo_id"]
    ]
    return answer(200, {"data": found, "meta": {"pagination": {"total": len(found)}}})
