"""The search over monitors and groups, the downtimes of one monitor, the dry run of a template.

https://docs.datadoghq.com/api/latest/monitors/#monitors-search
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.check import complaints
from ddconf.emulator.quirks.downtimes_v1 import active_of
from ddconf.emulator.quirks.monitors import MONITORS, PATH
from ddconf.emulator.wire import Document, Response, answer, texts

_STATES = ("ok", "warn", "alert", "no data", "nodata", "ignored", "skipped", "unknown")
_TEMPLATE = {"title": "str!", "monitor_definition": "dict!", "tags": "list!"}
_FIELDS = ("id", "name", "query", "tags", "type", "creator", "org_id")
_TERM = re.compile(r'(?:(\w+):)?(?:"([^"]*)"|(\S+))')


@route("GET", f"{PATH}/search")
def search(call: RouteCall) -> Response:
    """Monitors as the search page lists them."""
    found = _found(call)
    monitors = [_hit(call, monitor) for monitor in found]
    return _page(call, "monitors", monitors, found)


@route("GET", f"{PATH}/groups/search")
def search_groups(call: RouteCall) -> Response:
    """A monitor without data has no groups."""
    _found(call)
    return _page(call, "groups", [], [])


@route("GET", f"{PATH}/{{id}}/downtimes")
def downtimes_of(call: RouteCall) -> Response:
    return answer(200, active_of(call.store, MONITORS.find(call)["id"]))


@route("POST", "/api/v2/monitor/template/validate")
@route("POST", "/api/v2/monitor/template/{id}/validate")
def validate_template(call: RouteCall) -> Response:
    sent = call.body["data"]["attributes"]
    if call.validates and (problems := complaints(sent, _TEMPLATE)):
        raise texts(400, *problems)
    return answer(204)


def _page(call: RouteCall, key: str, hits: list[Document], monitors: list[Document]) -> Response:
    size, number = max(1, call.count("per_page", 30)), call.count("page", 0)
    metadata = {"total_count": len(hits), "page": number, "per_page": size}
    shown = hits[number * size : (number + 1) * size]
    metadata["page_count"] = -(-len(hits) // size)
    return answer(200, {"counts": _counts(call, monitors), key: shown, "metadata": metadata})


def _counts(call: RouteCall, monitors: list[Document]) -> Document:
    def counted(values: list[Any]) -> list[Document]:
        return [{"name": name, "count": count} for name, count in Counter(values).most_common()]

    return {
        "status": counted([monitor["overall_state"] for monitor in monitors]),
        "muted": counted([bool(active_of(call.store, monitor["id"])) for monitor in monitors]),
        "tag": counted([tag for monitor in monitors for tag in monitor["tags"]]),
        "type": counted([monitor["type"] for monitor in monitors]),
    }


def _found(call: RouteCall) -> list[Document]:
    """The monitors that have every term of the query; what cannot be a status is refused."""
    terms = [(field, quoted or plain) for field, quoted, plain in _TERM.findall(call.query.get("query", ""))]
    for field, value in terms:
        if field == "status" and value.lower() not in _STATES:
            raise texts(400, f"Query parsing error: '{value}' is not a valid monitor status")
    monitors = call.store.all("monitor")
    return [item for item in monitors if all(_has(item, field, value.lower()) for field, value in terms)]


def _has(monitor: Document, field: str, value: str) -> bool:
    if field in ("", "title", "name"):
        return value in str(monitor.get("name")).lower()
    if field == "status":
        return value.replace(" ", "") == str(monitor["overall_state"]).lower().replace(" ", "")
    if field in ("id", "type"):
        return str(monitor[field]).lower().removesuffix(" alert") == value.removesuffix(" alert")
    if field in ("tag", "monitor_tags"):
        return value in monitor["tags"]
    return f"{field}:{value}" in monitor["tags"]


def _hit(call: RouteCall, monitor: Document) -> Document:
    metrics = re.findall(r":([\w.]+)\{", monitor["query"])
    scopes = re.findall(r"\{([^}]*)\}", monitor["query"])
    handles = re.findall(r"@([\w.@-]+)", monitor.get("message") or "")
    return {key: monitor.get(key) for key in _FIELDS} | {
        "status": monitor["overall_state"],
        "metrics": metrics,
        "scopes": scopes[:1],
        "notifications": [{"handle": handle, "name": handle} for handle in handles],
        "last_triggered_ts": None,
        "classification": monitor["type"].removesuffix(" alert"),
    }
