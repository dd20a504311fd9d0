"""Metrics: what is known of each, and which of its tags are kept. https://docs.datadoghq.com/api/latest/metrics/"""

from __future__ import annotations

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.wire import Document, Response, answer, texts

_METADATA = "/api/v1/metrics/{id}"
_TAGS = "/api/v2/metrics/{id}/tags"
_FIELDS = ("description", "short_name", "type", "unit", "per_unit", "statsd_interval", "integration")
_TAG_STORE = "metric_tag_configuration"
_WAYS = {"count": "sum", "rate": "sum", "gauge": "avg"}


def _told(call: RouteCall, id: str) -> Document | None:
    """A metric is known by its metadata or by its tags."""
    kept = call.store.get("metric_metadata", id)
    tags = call.store.get(_TAG_STORE, id)
    if kept is None and tags is None:
        return None
    own = {"type": (tags or {}).get("attributes", {}).get("metric_type"), **(kept or {})}
    return {field: own.get(field) for field in _FIELDS}


@route("GET", _METADATA)
def read_metadata(call: RouteCall) -> Response:
    found = _told(call, call.args["id"])
    if found is None:
        raise texts(404, f"Metric not found: {call.args['id']}")
    return answer(200, found)


@route("PUT", _METADATA)
def write_metadata(call: RouteCall) -> Response:
    """Only the fields that are sent change."""
    before = _told(call, call.args["id"]) or dict.fromkeys(_FIELDS)
    sent = {key: value for key, value in call.body.items() if key in _FIELDS}
    return answer(200, call.store.put("metric_metadata", call.args["id"], {**before, **sent}))


def _found(call: RouteCall) -> Document:
    found = call.store.get(_TAG_STORE, call.args["id"])
    if found is None:
        raise texts(404, f"Metric with name: {call.args['id']} not found")
    return found


def _complete(call: RouteCall, sent: Document, before: Document) -> Document:
    kind = before.get("metric_type") or sent.get("metric_type")
    own = {"metric_type": kind, "created_at": before.get("created_at", call.iso), "modified_at": call.iso}
    document = {"exclude_tags_mode": False, **before, **sent, **own}
    if kind == "distribution":
        return {"include_percentiles": False, **document}
    ways = sent.get("aggregations") or before.get("aggregations")
    space = _WAYS.get(str(kind), "avg")
    return {**document, "aggregations": ways or [{"space": space, "time": space}]}


@route("GET", "/api/v2/metrics")
def list_metrics(call: RouteCall) -> Response:
    """Those with a choice of tags, and any that only metadata know."""
    configured = call.store.all(_TAG_STORE)
    chosen = {item["id"] for item in configured}
    bare = [{"type": "metrics", "id": id} for id in call.store.ids("metric_metadata") if id not in chosen]
    asked = call.query.get("filter[configured]", "").lower()
    found = {"true": configured, "false": bare}.get(asked, [*configured, *bare])
    return answer(200, {"data": found})


@route("GET", _TAGS)
def read_tags(call: RouteCall) -> Response:
    return answer(200, {"data": _found(call)})


@route("POST", _TAGS)
def make_tags(call: RouteCall) -> Response:
    if call.store.get(_TAG_STORE, call.args["id"]) is not None:
        raise texts(409, f"A tag configuration for metric {call.args['id']} already exists")
    sent = call.body["data"]["attributes"]
    if call.validates and not (sent.get("metric_type") and isinstance(sent.get("tags"), list)):
        raise texts(400, "'metric_type' and 'tags' are required properties")
    return _keep(call, 201, _complete(call, sent, {}))


@route("PATCH", _TAGS)
def change_tags(call: RouteCall) -> Response:
    return _keep(call, 200, _complete(call, call.body["data"]["attributes"], _found(call)["attributes"]))


def _keep(call: RouteCall, status: int, attributes: Document) -> Response:
    document = {"type": "manage_tags", "id": call.args["id"], "attributes": attributes}
    return answer(status, {"data": call.store.put(_TAG_STORE, call.args["id"], document)})


@route("DELETE", _TAGS)
def delete_tags(call: RouteCall) -> Response:
    _found(call)
    call.store.delete(_TAG_STORE, call.args["id"])
    return answer(204)
