"""Metrics made from logs and from spans: names rewritten, groups sorted by path.

https://docs.datadoghq.com/api/latest/logs-metrics/ https://docs.datadoghq.com/api/latest/spans-metrics/
"""

from __future__ import annotations

import re

from ddconf.emulator.call import RouteCall
from ddconf.emulator.crud import ApiCollection
from ddconf.emulator.wire import Document, Refusal, texts

_RULES = {
    "compute": "dict!",
    "compute.aggregation_type": "count|distribution",
    "compute.path": "str",
    "compute.include_percentiles": "bool",
    "filter": "dict",
    "filter.query": "str",
    "group_by": "list",
    "group_by[]": "dict",
    "group_by[].path": "str!",
    "group_by[].tag_name": "str",
}


def _missing(_call: RouteCall, id: str) -> Refusal:
    return texts(404, f"not_found(Metric with name '{id}' not found)")


def _taken(_call: RouteCall, id: str) -> Refusal:
    return texts(409, f"Metric with name '{id}' already exists")


def _name(resource: Document) -> str:
    name = resource.get("id")
    if not isinstance(name, str) or not re.match("[^A-Za-z]*[A-Za-z]", name):
        raise texts(400, "Metric name is invalid: it must have a letter")
    return re.sub(r"[^A-Za-z0-9_.]", "_", name).strip("_")


def _complete(call: RouteCall, sent: Document, before: Document | None) -> Document:
    compute = {**(before or {}).get("compute", {}), **sent["compute"]}
    if call.validates and "aggregation_type" not in compute:
        raise texts(400, "'compute.aggregation_type' is a required property")
    if call.validates and compute["aggregation_type"] == "distribution" and not compute.get("path"):
        raise texts(400, "'compute.path' is required for a distribution")
    groups = sorted(sent["group_by"] or [], key=lambda group: group["path"])
    return {"filter": sent["filter"], "group_by": [_group(group) for group in groups], "compute": compute}


def _group(group: Document) -> Document:
    return group | {"tag_name": group.get("tag_name") or group["path"].removeprefix("@")}


def _metrics(name: str, path: str, type: str) -> ApiCollection:
    return ApiCollection(
        name=name,
        path=path,
        type=type,
        own_id=_name,
        update=("PATCH",),
        merges=True,
        defaults={"filter": {"query": "*"}, "group_by": []},
        rules=_RULES,
        complete=_complete,
        missing=_missing,
        conflict=_taken,
    )


LOGS = _metrics("logs_metric", "/api/v2/logs/config/metrics", "logs_metrics")
SPANS = _metrics("spans_metric", "/api/v2/apm/config/metrics", "spans_metrics")
