"""Monitors: a merging PUT, filled options, refused duplicates, dry runs.

https://docs.datadoghq.com/api/latest/monitors/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.check import complaints
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import number
from ddconf.emulator.monitor_refusals import NO_OPERATOR, refusals
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.quirks.downtimes_v1 import active_of, of_all
from ddconf.emulator.quirks.restriction_policies import editors
from ddconf.emulator.wire import Document, Refusal, Response, answer, texts

PATH = "/api/v1/monitor"
_DEFAULTS: Document = {
    "tags": [],
    "priority": None,
    "restricted_roles": None,
    "draft_status": "published",
    "message": "",
}
_READ_ONLY = (
    "id",
    "org_id",
    "created",
    "created_at",
    "modified",
    "deleted",
    "multi",
    "overall_state",
    "overall_state_modified",
    "creator",
    "matching_downtimes",
    "restriction_policy",
)
_EVENT_TYPES = ("log alert", "rum alert", "ci-", "error-tracking alert", "llm-observability alert")
_IDENTITY = ("type", "name", "query", "message", "tags", "options", "priority", "restricted_roles")
RULES = {
    "name": "str",
    "query": "str!",
    "type": "str!",
    "message": "str",
    "tags": "list",
    "tags[]": "str",
    "priority": "int",
    "options": "dict",
    "options.thresholds": "dict",
    "options.thresholds.critical": "number",
    "options.thresholds.warning": "number",
    "options.notify_no_data": "bool",
    "options.notify_audit": "bool",
    "options.include_tags": "bool",
    "options.renotify_interval": "int",
    "options.evaluation_delay": "int",
    "options.new_host_delay": "int",
    "options.silenced": "dict",
    "restricted_roles": "list",
    "draft_status": "draft|published",
}


def _missing(_call: RouteCall, _id: str) -> Refusal:
    return texts(404, "Monitor not found")


def _trimmed(document: Document, *keys: str) -> None:
    for key in keys:
        if isinstance(document.get(key), str):
            document[key] = document[key].rstrip("\n")


def _options(type: str, sent: Document) -> Document:
    options = dict(sent)
    _trimmed(options, "escalation_message")
    options.setdefault("silenced", {})
    options.setdefault("notify_audit", False)
    options.setdefault("include_tags", True)
    if "new_group_delay" not in options:
        options.setdefault("new_host_delay", 300)
    if "on_missing_data" not in options:
        options.setdefault("notify_no_data", False)
    if type.startswith(_EVENT_TYPES):
        options.setdefault("groupby_simple_monitor", False)
    thresholds = options.pop("thresholds", None)
    if thresholds:
        options["thresholds"] = {
            key: float(value) if isinstance(value, int) else value
            for key, value in thresholds.items()
            if not (key == "warning" and value is None)
        }
    return options


def _is_multi(query: str) -> bool:
    return bool(re.search(r"\bby\s*\{[^}]+\}|\.by\(\s*[^)\s]", query))


def _lacks_comparison(document: Document) -> bool:
    """Must the query compare with a threshold, and does not?"""
    compares = document["type"].startswith((*_EVENT_TYPES, "metric alert", "query alert"))
    return compares and not re.search(r"[<>=]", document["query"])


def _asset(sent: Document) -> Document:
    keys = ("name", "category", "url", "resource_key", "resource_type")
    return {key: sent.get(key) for key in keys}


def _assets(monitor: Document) -> list[Document]:
    """Its runbooks, each with what the server adds."""
    own = {"monitor_id": monitor["id"], "template_variables": {}, "options": {}}
    return [{**own, **asset} for asset in monitor.get("assets") or ()]


def _type(document: Document) -> str:
    """Metric and query alerts are one thing, named after what the query needs."""
    sources = {variable.get("data_source") for variable in document["options"].get("variables") or []}
    if document["type"] == "metric alert" and re.search(r"\(current_\d+[dwm]", document["query"]):
        return "query alert"
    if document["type"] == "query alert" and sources & {
        "aggregate_augmented_query",
        "aggregate_filtered_query",
    }:
        return "metric alert"
    return str(document["type"])


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    document = {**_DEFAULTS, **sent}
    document.pop("classification", None)
    document["assets"] = [_asset(asset) for asset in document.get("assets") or ()]
    _trimmed(document, "message", "query")
    if call.validates and _lacks_comparison(document):
        raise texts(400, NO_OPERATOR)
    if call.validates and (problems := refusals(document, _ids(call, document))):
        raise texts(400, *problems)
    document["options"] = _options(document["type"], document.get("options") or {})
    document["tags"] = document["tags"] or []
    document["priority"] = document["priority"] or None
    document["multi"] = _is_multi(document["query"])
    document["type"] = _type(document)
    if before is None and call.validates:
        _refuse_duplicate(call, document)
    old = before or {}
    return document | {
        "org_id": call.actor.org_id,
        "created_at": old.get("created_at", call.epoch * 1000),
        "created": old.get("created", call.iso),
        "modified": call.iso,
        "deleted": None,
        "overall_state": old.get("overall_state", "No Data"),
        "overall_state_modified": old.get("overall_state_modified"),
        "creator": old.get("creator", call.actor.creator | {"id": call.actor.id}),
    }


def _ids(call: RouteCall, document: Document) -> set[str]:
    """The monitors that there are, for a composite."""
    if document["type"] != "composite":
        return set()
    return {str(monitor["id"]) for monitor in call.store.all("monitor")}


def _refuse_duplicate(call: RouteCall, document: Document) -> None:
    wanted = [document.get(key) for key in _IDENTITY]
    for other in call.store.holding("monitor", "name", document.get("name")):
        if [other.get(key) for key in _IDENTITY] == wanted:
            raise texts(400, f"Duplicate of an existing monitor_id:{other['id']} org_id:{other['org_id']}")


def _show(call: RouteCall, document: Document) -> Document:
    shown = dict(document)
    roles = editors(call, f"monitor:{document['id']}")
    if roles is not None:
        shown["restricted_roles"] = roles or None
    if call.query.get("with_restricted_roles") == "false":
        shown.pop("restricted_roles")
    assets = _assets(document)
    shown.pop("assets", None)
    if call.flag("with_assets"):
        shown["assets"] = assets
    downtimes = active_of(call.store, document["id"])
    if call.query.get("with_downtimes"):
        shown["matching_downtimes"] = [_matching(downtime) for downtime in downtimes]
    own = [downtime for downtime in downtimes if not of_all(downtime)]
    if own:
        silenced = {scope: downtime["end"] for downtime in own for scope in downtime["scope"]}
        options = document["options"]
        shown["options"] = options | {"silenced": options["silenced"] | silenced}
    return shown


def _matching(downtime: Document) -> Document:
    keys = ("id", "active", "monitor_id", "start", "end", "scope")
    return {key: downtime[key] for key in keys} | {"groups": [] if of_all(downtime) else ["total"]}


def _brief(call: RouteCall, document: Document) -> Document:
    downtimes = [_matching(downtime) for downtime in active_of(call.store, document["id"])]
    return _show(call, document) | {"matching_downtimes": downtimes}


def _wrote(call: RouteCall, document: Document) -> Document:
    shown = document | {"restriction_policy": None, "assets": _assets(document)}
    if call.method == "PUT":
        shown.pop("creator")
    return shown


def _may_delete(call: RouteCall, document: Document) -> None:
    users = [] if call.flag("force") else _users(call, str(document["id"]))
    if users:
        raise texts(400, f"monitor [{document['id']}] is referenced by {', '.join(users)}")


def _select(call: RouteCall, documents: list[Document]) -> list[Document]:
    name = call.query.get("name", "")
    tags, scope = _listed(call, "monitor_tags"), _listed(call, "tags")
    return [
        item
        for item in documents
        if name in (item.get("name") or "") and tags <= set(item["tags"]) and scope <= _scope(item["query"])
    ]


def _listed(call: RouteCall, parameter: str) -> set[str]:
    return {text for text in call.query.get(parameter, "").split(",") if text}


def _scope(query: str) -> set[str]:
    """What a query is limited to: `env:prod` of `{env:prod}` or of `.over("env:prod")`."""
    inside = [*re.findall(r"\{([^}]*)\}", query), *re.findall(r"\.over\(([^)]*)\)", query)]
    return {part.strip().strip("\"'") for text in inside for part in re.split(r",|\bAND\b", text)}


MONITORS = ApiCollection(
    name="monitor",
    path=PATH,
    new_id=number(9),
    deleted=200,
    merges=True,
    read_only=_READ_ONLY,
    rules=RULES,
    pages=PageParameters("page", "page", "page_size", most=1000),
    complete=_complete,
    show=_show,
    show_listed=_brief,
    show_written=_wrote,
    select=_select,
    delete_reply=lambda document: {"deleted_monitor_id": document["id"]},
    may_delete=_may_delete,
    missing=_missing,
)


@route("POST", f"{PATH}/validate")
def validate(call: RouteCall) -> Response:
    return _dry_run(call, None)


@route("POST", f"{PATH}/{{id}}/validate")
def validate_existing(call: RouteCall) -> Response:
    return _dry_run(call, MONITORS.find(call))


def _dry_run(call: RouteCall, before: Document | None) -> Response:
    """The complaints of the real write, without its effect; equal monitors are no fault here."""
    if call.validates and (problems := complaints(call.body, RULES, before is not None)):
        raise texts(400, *problems)
    _complete(call, {**(before or {}), **call.body}, before or {"created": call.iso})
    return answer(200, {})


@route("GET", f"{PATH}/can_delete")
def can_delete(call: RouteCall) -> Response:
    ids = [id for id in call.query.get("monitor_ids", "").split(",") if id]
    users = {id: _users(call, id) for id in ids}
    free = [int(id) for id in ids if not users[id]]
    if len(free) == len(ids):
        return answer(200, {"data": {"ok": free}, "errors": None})
    errors = {id: [f"monitor {id} is used by {', '.join(found)}"] for id, found in users.items() if found}
    return answer(409, {"data": {"ok": free}, "errors": errors})


def _users(call: RouteCall, id: str) -> list[str]:
    """Composite monitors and SLOs that name a monitor."""
    composites = [
        f"monitor {other['id']}"
        for other in call.store.all("monitor")
        if other["type"] == "composite" and re.search(rf"\b{id}\b", other["query"])
    ]
    slos = [f"slo {slo['id']}" for slo in call.store.all("slo") if int(id) in (slo.get("monitor_ids") or [])]
    return composites + slos
