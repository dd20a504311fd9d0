"""Service level objectives: answers as lists, displayed targets, two forms of one query.

https://docs.datadoghq.com/api/latest/service-level-objectives/
"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.ids import hexadecimal
from ddconf.emulator.pages import PageParameters
from ddconf.emulator.slo_queries import as_query, as_specification
from ddconf.emulator.wire import Document, Json, Refusal, Response, answer, texts

PATH = "/api/v1/slo"
TYPE_IDS = {"monitor": 0, "metric": 1, "time_slice": 2}


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"SLO not found: {id} not found")


def _display(value: float) -> str:
    return f"{value:.10f}".rstrip("0")


def _threshold(sent: Document) -> Document:
    threshold = {"timeframe": sent["timeframe"], "target": float(sent["target"])}
    threshold["target_display"] = _display(threshold["target"])
    if sent.get("warning") is not None:
        threshold["warning"] = float(sent["warning"])
        threshold["warning_display"] = _display(threshold["warning"])
    return threshold


def _check(sent: Document) -> None:
    if sent["type"] == "metric" and not (sent.get("query") or sent.get("sli_specification")):
        raise texts(400, "must specify the query for count types")
    if sent["type"] == "monitor" and not sent.get("monitor_ids"):
        raise texts(400, "must specify monitor_ids")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    if call.validates:
        _check(sent)
    old = before or {}
    document = {key: value for key, value in sent.items() if not (key == "monitor_ids" and value == [])}
    document["thresholds"] = [_threshold(item) for item in sent["thresholds"]]
    document["type_id"] = TYPE_IDS.get(sent["type"], 1)
    for key, empty in (("description", ""), ("tags", []), ("monitor_tags", [])):
        document[key] = document.get(key) or empty
    document["tags"] = sorted(document["tags"])
    document |= _main_target(sent) | _twin(sent)
    document["creator"] = old.get("creator", call.actor.creator)
    document["created_at"] = old.get("created_at", call.epoch)
    document["modified_at"] = call.epoch
    return document


def _main_target(sent: Document) -> Document:
    """The timeframe that stands for the whole: the one that was named, else the first."""
    first = sent["thresholds"][0]
    main = {
        "timeframe": sent.get("timeframe") or first["timeframe"],
        "target_threshold": sent.get("target_threshold") or first["target"],
    }
    warning = sent.get("warning_threshold") or (None if sent.get("timeframe") else first.get("warning"))
    return main | ({"warning_threshold": warning} if warning is not None else {})


def _twin(sent: Document) -> Document:
    """The other form of a metric SLO's query, and the interval of a time slice."""
    specification = sent.get("sli_specification") or {}
    if "count" in specification:
        return {"query": as_query(specification["count"])}
    if sent["type"] == "metric" and sent.get("query"):
        return {"sli_specification": {"count": as_specification(sent["query"])}}
    if "time_slice" in specification:
        return {
            "sli_specification": {
                "time_slice": {"query_interval_seconds": 300, **specification["time_slice"]}
            }
        }
    return {}


def _show(_call: RouteCall, document: Document) -> Document:
    floats = ("target_threshold", "warning_threshold")
    return document | {key: float(document[key]) for key in floats if document.get(key) is not None}


def _select(call: RouteCall, documents: list[Document]) -> list[Document]:
    ids = [id for id in call.query.get("ids", "").split(",") if id]
    text = call.query.get("query", "").lower()
    tags = [tag for tag in call.query.get("tags_query", "").split(",") if tag]
    metrics = call.query.get("metrics_query", "")
    return [
        slo
        for slo in documents
        if (not ids or slo["id"] in ids)
        and text in slo["name"].lower()
        and all(tag in slo["tags"] for tag in tags)
        and (not metrics or metrics in str(slo.get("query")))
    ]


def users(call: RouteCall, id: str) -> list[str]:
    """The dashboards that show an SLO and the monitors that watch it."""
    found = [f"dashboard {item['id']}" for item in call.store.holding("dashboard", "slo_id", id)]
    return found + [
        f"monitor {item['id']}"
        for item in call.store.all("monitor")
        if item["type"] == "slo alert" and id in item["query"]
    ]


def _may_delete(call: RouteCall, document: Document) -> None:
    """What uses the SLO holds it, unless the delete is forced."""
    found = users(call, document["id"])
    if found and not call.flag("force"):
        raise texts(409, f"SLO {document['id']} is used by {', '.join(found)}")


def _in_list(data: Json) -> Json:
    return {"data": [data], "error": None}


SLOS = ApiCollection(
    name="slo",
    path=PATH,
    new_id=hexadecimal,
    items="data",
    deleted=200,
    read_only=("id", "creator", "created_at", "modified_at", "type_id"),
    rules={
        "name": "str!",
        "type": "metric|monitor|time_slice!",
        "target_threshold": "number",
        "warning_threshold": "number",
        "thresholds": "list!",
        "thresholds[]": "dict",
        "thresholds[].target": "number!",
        "thresholds[].timeframe": "7d|30d|90d|custom!",
        "thresholds[].warning": "number",
        "tags": "list",
        "tags[]": "str",
        "description": "str",
        "monitor_ids": "list",
        "monitor_ids[]": "int",
        "query": "dict",
        "query.numerator": "str!",
        "query.denominator": "str!",
        "sli_specification": "dict",
        "groups": "list",
    },
    pages=PageParameters(
        "offset", "offset", "limit", default=1000, extra=lambda call, total, shown: _page(call, total)
    ),
    complete=_complete,
    show=_show,
    show_written=lambda _call, document: document,
    select=_select,
    envelope=_in_list,
    delete_reply=lambda document: {"data": [document["id"]], "error": None},
    may_delete=_may_delete,
    missing=_missing,
)


def _page(call: RouteCall, total: int) -> Document:
    return {
        "error": None,
        "metadata": {"page": {"total_count": total, "total_filtered_count": total}},
    }


@route("GET", f"{PATH}/{{id}}")
def read(call: RouteCall) -> Response:
    return answer(200, {"data": _show(call, SLOS.find(call)), "error": None})
