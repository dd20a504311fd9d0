"""Log indexes and their order: a deleted name can never be used again.

https://docs.datadoghq.com/api/latest/logs-indexes/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.orders import arranged, order_of
from ddconf.emulator.wire import Document, Refusal, Response, answer, coded

PATH = "/api/v1/logs/config/indexes"
ORDER = "/api/v1/logs/config/index-order"
_LIMITS = ("daily_limit", "daily_limit_reset", "daily_limit_warning_threshold_percentage")


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return coded(404, "NotFound", "No such index")


def _taken(_call: RouteCall, id: str) -> Refusal:
    return coded(422, "InvalidArgument", f"An index named {id} exists already")


def _malformed(messages: list[str]) -> Refusal:
    return coded(400, "InvalidArgument", "; ".join(messages))


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    name = before["name"] if before else sent["name"]
    if before is None:
        _check_name(call, name)
    elif call.validates and "name" in call.body:
        raise _malformed(["'name' cannot be changed"])
    document = {key: sent.get(key) for key in _LIMITS} | sent
    if document.pop("disable_daily_limit", False):
        document |= dict.fromkeys(_LIMITS)
    percentage = document["daily_limit_warning_threshold_percentage"]
    if percentage is not None:
        document["daily_limit_warning_threshold_percentage"] = float(percentage)
    return document | {"name": name, "is_rate_limited": False}


def _check_name(call: RouteCall, name: str) -> None:
    if name in call.store.fact("burnt_index_names", []):
        raise coded(422, "InvalidArgument", f"The name {name} was used by a deleted index")
    if call.validates and not re.fullmatch(r"[a-z][a-z0-9-]*", name):
        raise _malformed([f"Invalid index name {name}"])


def _may_delete(call: RouteCall, document: Document) -> None:
    burnt = call.store.fact("burnt_index_names", [])
    call.store.set_fact("burnt_index_names", [*burnt, document["name"]])


INDEXES = ApiCollection(
    name="logs_index",
    path=PATH,
    id_field="name",
    own_id=lambda body: str(body["name"]),
    items="indexes",
    deleted=202,
    read_only=("is_rate_limited",),
    defaults={
        "num_retention_days": 15,
        "num_flex_logs_retention_days": 0,
        "exclusion_filters": [],
        "tags": [],
    },
    rules={
        "name": "str!",
        "filter": "dict!",
        "filter.query": "str",
        "num_retention_days": "int",
        "num_flex_logs_retention_days": "int",
        "daily_limit": "int",
        "daily_limit_reset": "dict",
        "daily_limit_warning_threshold_percentage": "number",
        "disable_daily_limit": "bool",
        "exclusion_filters": "list",
        "exclusion_filters[]": "dict",
        "exclusion_filters[].name": "str!",
        "exclusion_filters[].is_enabled": "bool",
        "exclusion_filters[].filter": "dict",
        "exclusion_filters[].filter.sample_rate": "number!",
        "tags": "list",
    },
    partial_update=("name",),
    complete=_complete,
    select=lambda call, documents: arranged(documents, order_of(call.store, "logs_index"), "name"),
    may_delete=_may_delete,
    missing=_missing,
    conflict=_taken,
    malformed=_malformed,
)


def _names(call: RouteCall) -> list[str]:
    """The order: deleted indexes keep their place in it."""
    present = order_of(call.store, "logs_index")
    said: list[str] = call.store.fact("order/logs_index", [])
    burnt = call.store.fact("burnt_index_names", [])
    return [name for name in said if name in present or name in burnt] + [
        name for name in [*present, *burnt] if name not in said
    ]


@route("GET", ORDER)
def read_order(call: RouteCall) -> Response:
    return answer(200, {"index_names": _names(call)})


@route("PUT", ORDER)
def write_order(call: RouteCall) -> Response:
    names = call.body.get("index_names") if isinstance(call.body, dict) else None
    if not isinstance(names, list):
        raise _malformed(["'index_names' is a required property"])
    present, burnt = set(call.store.ids("logs_index")), set(call.store.fact("burnt_index_names", []))
    if len(set(names)) != len(names) or not present <= set(names) <= present | burnt:
        raise coded(422, "InvalidArgument", "The list must name every existing index exactly once")
    call.store.set_fact("order/logs_index", names)
    return answer(200, {"index_names": names})
