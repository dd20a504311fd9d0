"""Asking about many SLOs: the search page, what may be deleted, deleting timeframes, history and status.

https://docs.datadoghq.com/api/latest/service-level-objectives/
"""

from __future__ import annotations

from collections import Counter
from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import uuid
from ddconf.emulator.pages import PageParameters, number_links
from ddconf.emulator.quirks.slos import PATH, SLOS, TYPE_IDS, users
from ddconf.emulator.wire import Document, Response, answer, texts

_PAGES = PageParameters("page", "page[number]", "page[size]", default=10, extra=number_links)
_REPORTS = "/api/v2/slo/report"
_NO_DATA = "The denominator is zero valued"


@route("GET", f"{PATH}/search")
def search(call: RouteCall) -> Response:
    words = call.query.get("query", "").lower().split()
    found = [slo for slo in call.store.all("slo") if all(word in _text(slo) for word in words)]
    shown = [{"data": _hit(slo)} for slo in _PAGES.cut(call, found)]
    attributes: Document = {"slos": shown}
    if call.flag("include_facets"):
        attributes["facets"] = _facets(found)
    data = {"type": "service_level_objective_search_results", "attributes": attributes}
    return answer(200, {"data": data, **_PAGES.extra(call, len(found), len(shown))})


def _text(slo: Document) -> str:
    return " ".join([slo["name"], slo.get("description") or "", *slo["tags"]]).lower()


def _tags(slo: Document, *keys: str) -> list[str]:
    return [tag for tag in slo["tags"] if not keys or tag.partition(":")[0] in keys]


def _threshold(shown: Document) -> Document:
    """Both displays of a hit tell the target, without the point that others end with."""
    target = shown["target_display"].rstrip(".")
    displays = {key: target for key in ("target_display", "warning_display") if key in shown}
    return shown | displays


def _hit(slo: Document) -> Document:
    thresholds = [_threshold(item) for item in slo["thresholds"]]
    unknown = dict.fromkeys(("error_budget_remaining", "raw_error_budget_remaining", "span_precision"))
    state: Document = unknown | {"indexed_at": slo["modified_at"], "state": "no_data"}
    query = slo.get("query")
    attributes = {
        "name": slo["name"],
        "description": slo.get("description") or None,
        "slo_type": slo["type"],
        "monitor_ids": slo.get("monitor_ids"),
        "groups": slo.get("groups"),
        "query": {"metrics": None, **query} if query else None,
        "thresholds": thresholds,
        "all_tags": _tags(slo),
        "env_tags": _tags(slo, "env"),
        "service_tags": _tags(slo, "service"),
        "team_tags": _tags(slo, "team"),
        "overall_status": [
            state
            | {"status": None, "error": _NO_DATA, "target": item["target"], "timeframe": item["timeframe"]}
            for item in thresholds
        ],
        "status": state | {"sli": None, "calculation_error": _NO_DATA},
        "creator": slo["creator"],
        "created_at": slo["created_at"],
        "modified_at": slo["modified_at"],
    }
    main = ("timeframe", "target_threshold", "warning_threshold")
    return {
        "type": "slo",
        "id": slo["id"],
        "attributes": attributes | {key: slo[key] for key in main if key in slo},
    }


def _facets(slos: list[Document]) -> Document:
    def counted(values: list[Any]) -> list[Document]:
        return [{"name": name, "count": count} for name, count in Counter(values).most_common()]

    return {
        "all_tags": counted([tag for slo in slos for tag in _tags(slo)]),
        "creator_name": counted([slo["creator"].get("name") for slo in slos]),
        "env_tags": counted([tag for slo in slos for tag in _tags(slo, "env")]),
        "service_tags": counted([tag for slo in slos for tag in _tags(slo, "service")]),
        "slo_type": counted([TYPE_IDS.get(slo["type"], 1) for slo in slos]),
        "target": counted([slo["target_threshold"] for slo in slos]),
        "team_tags": counted([tag for slo in slos for tag in _tags(slo, "team")]),
        "timeframe": counted([slo["timeframe"] for slo in slos]),
    }


@route("GET", f"{PATH}/can_delete")
def can_delete(call: RouteCall) -> Response:
    ids = [id for id in call.query.get("ids", "").split(",") if id]
    used = {id: f"SLO {id} is used by {', '.join(found)}" for id in ids if (found := users(call, id))}
    free = [id for id in ids if id not in used]
    if used:
        return answer(409, {"data": {"ok": free}, "errors": used})
    return answer(200, {"data": {"ok": free}})


@route("POST", f"{PATH}/bulk_delete")
def delete_timeframes(call: RouteCall) -> Response:
    """An SLO that loses its last timeframe is gone."""
    deleted: list[str] = []
    updated: list[str] = []
    errors: list[Document] = []
    for id, timeframes in call.body.items():
        slo = call.store.get("slo", id)
        if slo is None:
            errors.append({"id": id, "timeframe": "all", "message": f"SLO not found: {id}"})
            continue
        left = [item for item in slo["thresholds"] if item["timeframe"] not in timeframes]
        if left:
            call.store.put("slo", id, slo | {"thresholds": left})
        else:
            call.store.delete("slo", id)
        (updated if left else deleted).append(id)
    return answer(200, {"data": {"deleted": deleted, "updated": updated}, "errors": errors})


@route("GET", f"{PATH}/{{id}}/history")
def history(call: RouteCall) -> Response:
    """An organisation without data has kept nothing to account for."""
    slo = SLOS.find(call)
    start, end = call.count("from_ts", -1), call.count("to_ts", -1)
    if start < 0 or end < start:
        raise texts(400, "from_ts and to_ts are required, and in this order")
    overall = {"name": slo["name"], "sli_value": None, "span_precision": 2, "history": [], "preview": False}
    thresholds = {item["timeframe"]: item for item in slo["thresholds"]}
    data = {"from_ts": start, "to_ts": end, "type": slo["type"], "type_id": TYPE_IDS.get(slo["type"], 1)}
    return answer(200, {"data": data | {"overall": overall, "thresholds": thresholds}, "errors": None})


@route("GET", "/api/v2/slo/{id}/status")
def status(call: RouteCall) -> Response:
    slo = SLOS.find(call)
    attributes = {
        "sli": None,
        "error_budget_remaining": None,
        "raw_error_budget_remaining": None,
        "span_precision": 2,
        "state": "no_data",
    }
    return answer(200, {"data": {"id": slo["id"], "type": "slo_status", "attributes": attributes}})


@route("POST", _REPORTS)
def order_report(call: RouteCall) -> Response:
    """A report is done at once; without data it has a head and no lines."""
    sent = call.body["data"]["attributes"]
    if not (isinstance(sent["query"], str) and sent["from_ts"] < sent["to_ts"]):
        raise texts(400, "A report needs a query, and from_ts before to_ts")
    id = uuid(call.store.random)
    call.store.put("slo_report", id, {"id": id, "query": sent["query"]})
    return answer(200, {"data": {"id": id, "type": "report_id"}})


def _report(call: RouteCall) -> Document:
    found = call.store.get("slo_report", call.args["id"])
    if found is None:
        raise texts(404, f"SLO report {call.args['id']} not found")
    return found


@route("GET", f"{_REPORTS}/{{id}}/status")
def report_status(call: RouteCall) -> Response:
    data = {"id": _report(call)["id"], "type": "report_id", "attributes": {"status": "completed"}}
    return answer(200, {"data": data})


@route("GET", f"{_REPORTS}/{{id}}/download")
def download_report(call: RouteCall) -> Response:
    _report(call)
    return Response(200, b"slo_id,slo_name,timeframe,sli\n", {"content-type": "text/csv"})
