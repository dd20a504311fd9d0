"""Log archives and their order, which must name them all.

https://docs.datadoghq.com/api/latest/logs-archives/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import base64url
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v2/logs/config/archives"
ORDER = "/api/v2/logs/config/archive-order"


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"Archive {id} not found")


def _complete(_call: RouteCall, sent: Document, _before: Document | None) -> Document:
    return sent | {"state": "UNKNOWN"}


ARCHIVES = ApiCollection(
    name="logs_archive",
    path=PATH,
    type="archives",
    new_id=base64url,
    read_only=("state",),
    defaults={
        "rehydration_tags": [],
        "include_tags": False,
        "rehydration_max_scan_size_in_gb": None,
        "compression_method": "GZIP",
        "partitioning_attributes": [],
        "lookup_attributes": [],
    },
    rules={
        "name": "str!",
        "query": "str!",
        "destination": "dict!",
        "destination.type": "str!",
        "include_tags": "bool",
        "rehydration_tags": "list",
    },
    complete=_complete,
    select=lambda call, documents: arranged(documents, order_of(call.store, "logs_archive")),
    missing=_missing,
)


@route("GET", ORDER)
def read_order(call: RouteCall) -> Response:
    return answer(200, _wrapped(order_of(call.store, "logs_archive")))


@route("PUT", ORDER)
def write_order(call: RouteCall) -> Response:
    try:
        ids = list(call.body["data"]["attributes"]["archive_ids"])
    except (KeyError, TypeError):
        raise texts(400, "'archive_ids' is a required property") from None
    present = call.store.ids("logs_archive")
    if left_out := [id for id in present if id not in ids]:
        raise texts(422, *(f"Missing order for archive {id}" for id in left_out))
    if len(ids) != len(present):
        raise texts(422, "Unknown archive in the order")
    call.store.set_fact("order/logs_archive", ids)
    return answer(200, _wrapped(ids))


def _wrapped(ids: list[str]) -> Document:
    return {"data": {"type": "archive_order", "attributes": {"archive_ids": ids}}}


@route("GET", f"{PATH}/{{archive_id}}/readers")
def list_readers(call: RouteCall) -> Response:
    return answer(200, {"data": _readers(call)})


@route("POST", f"{PATH}/{{archive_id}}/readers")
def add_reader(call: RouteCall) -> Response:
    readers, role = _readers(call), _role(call)
    if role not in readers:
        call.store.set_fact(f"archive_readers/{call.args['archive_id']}", [*readers, role])
    return answer(204)


@route("DELETE", f"{PATH}/{{archive_id}}/readers")
def remove_reader(call: RouteCall) -> Response:
    readers, role = _readers(call), _role(call)
    call.store.set_fact(
        f"archive_readers/{call.args['archive_id']}", [reader for reader in readers if reader != role]
    )
    return answer(204)


def _readers(call: RouteCall) -> list[Document]:
    if call.store.get("logs_archive", call.args["archive_id"]) is None:
        raise _missing(call, call.args["archive_id"])
    readers: list[Document] = call.store.fact(f"archive_readers/{call.args['archive_id']}", [])
    return readers


def _role(call: RouteCall) -> Document:
    data = call.body.get("data") if isinstance(call.body, dict) else None
    if not isinstance(data, dict) or not data.get("id"):
        raise texts(400, "'data' is a required property")
    return {"type": "roles", "id": data["id"]}
