"""Log pipelines and their order. https://docs.datadoghq.com/api/latest/logs-pipelines/

Integration pipelines stand in the same list and order; of them only `is_enabled` can be changed.
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import base64url
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.processors import checked, filled
from ddconf.emulator.wire import Document, Refusal, Response, answer, coded

PATH = "/api/v1/logs/config/pipelines"
ORDER = "/api/v1/logs/config/pipeline-order"


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return coded(400, "InvalidArgument", "Non existing pipeline")


def _malformed(messages: list[str]) -> Refusal:
    return coded(400, "InvalidArgument", "; ".join(messages))


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if before and before["is_read_only"]:
        return before | {"is_enabled": sent.get("is_enabled", before["is_enabled"])}
    if call.validates and (complaints := checked(sent.get("processors", []))):
        raise _malformed(complaints)
    return sent | {
        "type": "pipeline",
        "is_read_only": False,
        "filter": sent.get("filter") or {"query": ""},
        "processors": [filled(processor) for processor in sent.get("processors") or []],
        "tags": sorted(sent.get("tags") or []),
    }


def _may_delete(_call: RouteCall, document: Document) -> None:
    if document["is_read_only"]:
        raise coded(400, "InvalidArgument", "Cannot delete a read only pipeline")


PIPELINES = ApiCollection(
    name="logs_pipeline",
    path=PATH,
    new_id=base64url,
    deleted=200,
    read_only=("id", "type", "is_read_only"),
    defaults={"is_enabled": False},
    rules={
        "name": "str!",
        "is_enabled": "bool",
        "filter": "dict",
        "filter.query": "str",
        "processors": "list",
        "processors[]": "dict",
        "processors[].type": "str!",
        "tags": "list",
        "tags[]": "str",
        "description": "str",
    },
    complete=_complete,
    select=lambda call, documents: arranged(documents, order_of(call.store, "logs_pipeline")),
    delete_reply=lambda _document: {},
    may_delete=_may_delete,
    missing=_missing,
    malformed=_malformed,
)


@route("GET", ORDER)
def read_order(call: RouteCall) -> Response:
    return answer(200, {"pipeline_ids": order_of(call.store, "logs_pipeline")})


@route("PUT", ORDER)
def write_order(call: RouteCall) -> Response:
    ids = call.body.get("pipeline_ids") if isinstance(call.body, dict) else None
    if not isinstance(ids, list):
        raise coded(400, "InvalidArgument", "'pipeline_ids' is a required property")
    if sorted(map(str, ids)) != sorted(call.store.ids("logs_pipeline")):
        raise coded(422, "InvalidArgument", "The list must name every existing pipeline exactly once")
    call.store.set_fact("order/logs_pipeline", ids)
    return answer(200, {"pipeline_ids": ids})
