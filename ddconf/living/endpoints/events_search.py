"""Events found again. https://docs.datadoghq.com/api/latest/events/"""

from __future__ import annotations

import base64
import binascii

from ddconf.document import Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.endpoints.logs_search import meta, read_limit
from ddconf.living.events import Event
from ddconf.living.queries.events import as_log, show_v1, show_v2
from ddconf.living.queries.logs import read_search
from ddconf.living.routes import IncomingRequest, endpoint

_MOST_V1 = 1000


@endpoint("GET", "/api/v1/events")
def list_events(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/events/#get-a-list-of-events"""
    query = call.query
    try:
        start, end = int(query["start"]), int(query["end"])
    except (KeyError, ValueError):
        raise texts(400, "start and end are required, as seconds") from None
    wanted = {tag for tag in query.get("tags", "").split(",") if tag}
    sources = {name for name in query.get("sources", "").split(",") if name}
    priority = query.get("priority")
    found = [
        show_v1(id, event)
        for id, event in reversed(call.sandbox.events.between(start, end))
        if wanted <= {*event.tags, f"host:{event.host}"}
        and (not sources or event.source in sources)
        and priority in (None, event.priority)
    ]
    return answer(200, {"events": found[:_MOST_V1]})


@endpoint("GET", "/api/v1/events/{id}")
def read_event(call: IncomingRequest) -> Response:
    id = call.args["id"]
    event = call.sandbox.events.find(int(id)) if id.isdigit() else None
    if event is None:
        raise texts(404, "No event matches that event_id.")
    return answer(200, {"event": show_v1(int(id), event)})


@endpoint("POST", "/api/v2/events/search")
def search(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/events/#search-events"""
    body = call.json or {}
    return _page(call, body.get("filter") or {}, body.get("page") or {}, body.get("sort") or "timestamp")


@endpoint("GET", "/api/v2/events")
def search_by_query(call: IncomingRequest) -> Response:
    filter = {key: call.query.get(f"filter[{key}]") for key in ("query", "from", "to")}
    page = {"cursor": call.query.get("page[cursor]"), "limit": int(call.query.get("page[limit]") or 10)}
    return _page(call, filter, page, call.query.get("sort") or "-timestamp")


def _page(call: IncomingRequest, filter: Document, page: Document, sort: str) -> Response:
    limit = read_limit(page.get("limit", 10))
    wanted = read_search(filter, call.sandbox.clock())
    listed: list[tuple[int, Event]] = call.sandbox.events.between(wanted.start // 1000, wanted.end // 1000)
    if sort.startswith("-"):
        listed.reverse()
    matching = [(id, event) for id, event in listed if wanted.query.matches(as_log(event))]
    start = _start(page.get("cursor"))
    shown = [show_v2(id, event) for id, event in matching[start : start + limit]]
    if not shown:
        return answer(200, {"data": []})
    after = base64.urlsafe_b64encode(f"after {start + len(shown)}".encode()).decode()
    return answer(200, {"data": shown, "meta": meta() | {"page": {"after": after}}})


def _start(cursor: str | None) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("after ")) if cursor else 0
    except (ValueError, binascii.Error):
        raise texts(400, "Invalid cursor") from None
