"""Logs found again. https://docs.datadoghq.com/api/latest/logs/#search-logs-post"""

from __future__ import annotations

import base64
import binascii
import json
import uuid
from itertools import islice
from urllib.parse import urlencode

from ddconf.document import JSON, Document
from ddconf.emulator.wire import Response, answer, texts
from ddconf.living.queries.log_groups import buckets, read_levels, read_measures
from ddconf.living.queries.logs import read_search, show, show_v1
from ddconf.living.routes import IncomingRequest, endpoint
from ddconf.living.store.log_ids import read_log_id

_MOST = 1000
_LINK = "https://api.datadoghq.com/api/v2/logs/events?"


@endpoint("POST", "/api/v2/logs/events/search")
def search(call: IncomingRequest) -> Response:
    body = call.json or {}
    return _page(call, body.get("filter") or {}, body.get("page") or {}, body.get("sort") or "timestamp")


@endpoint("GET", "/api/v2/logs/events")
def search_by_query(call: IncomingRequest) -> Response:
    query = call.query
    filter = {key: query[f"filter[{key}]"] for key in ("query", "from", "to") if f"filter[{key}]" in query}
    named = query.get("filter[indexes]") or query.get("filter[index]")
    page = {"cursor": query.get("page[cursor]"), "limit": int(query.get("page[limit]") or 10)}
    indexes = {"indexes": named.split(",")} if named else {}
    return _page(call, filter | indexes, page, query.get("sort") or "-timestamp")


def _page(call: IncomingRequest, filter: Document, page: Document, sort: str) -> Response:
    """One page and the cursor of the next; the page after the last is empty and has no cursor."""
    if sort not in ("timestamp", "-timestamp"):
        raise texts(400, f"Invalid sort: {sort}")
    limit = read_limit(page.get("limit", 10))
    after = _position(page.get("cursor"))
    found = read_search(filter, call.sandbox.clock()).logs(
        call.sandbox, newest_first=sort.startswith("-"), after=after
    )
    shown = [show(stored) for stored in islice(found, limit)]
    if not shown:
        return answer(200, {"data": []})
    cursor = _cursor(shown[-1]["id"])
    link = _LINK + urlencode({"sort": sort, "page[cursor]": cursor, "page[limit]": limit} | _as_query(filter))
    return answer(200, {"data": shown, "meta": meta() | {"page": {"after": cursor}}, "links": {"next": link}})


def _as_query(filter: Document) -> dict[str, str]:
    return {
        f"filter[{key}]": ",".join(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in filter.items()
    }


def read_limit(asked: JSON) -> int:
    if not isinstance(asked, int) or not 0 < asked <= _MOST:
        raise texts(400, f"Invalid limit: {asked}. It must be from 1 to {_MOST}")
    return asked


def meta() -> Document:
    return {"elapsed": 1, "request_id": f"pddv1{uuid.uuid4().hex}", "status": "done"}


def _cursor(id: str) -> str:
    return (
        base64.urlsafe_b64encode(json.dumps({"after": id}, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


def _position(cursor: str | None) -> tuple[int, int] | None:
    """Time and number of the log that a cursor stands behind."""
    if not cursor:
        return None
    try:
        id = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))["after"]
    except (ValueError, binascii.Error, KeyError, TypeError):
        raise texts(400, "Invalid cursor") from None
    position = read_log_id(str(id))
    if position is None:
        raise texts(400, "Invalid cursor")
    return position


@endpoint("POST", "/api/v1/logs-queries/list")
def search_v1(call: IncomingRequest) -> Response:
    """The first version: the id of a log tells where the next page begins."""
    body = call.json or {}
    if not isinstance(body.get("time"), dict):
        raise texts(400, "'time' is a required property")
    limit = read_limit(body.get("limit", 10))
    index = body.get("index")
    said = {"query": body.get("query"), "indexes": [index] if index else [], **body["time"]}
    start = read_log_id(str(body.get("startAt") or ""))
    newest_first = body.get("sort") != "asc"
    # `startAt` names the first log of the page, so the page begins just before it.
    after = (start[0], start[1] + (1 if newest_first else -1)) if start else None
    found = read_search(said, call.sandbox.clock()).logs(call.sandbox, newest_first=newest_first, after=after)
    shown = list(islice(found, limit + 1))
    following = shown[limit].id if len(shown) > limit else None
    logs = [show_v1(stored) for stored in shown[:limit]]
    return answer(200, {"logs": logs, "nextLogId": following, "status": "done"})


@endpoint("POST", "/api/v2/logs/analytics/aggregate")
def aggregate(call: IncomingRequest) -> Response:
    """https://docs.datadoghq.com/api/latest/logs/#aggregate-events"""
    body = call.json or {}
    measures = read_measures(body.get("compute"))
    levels = read_levels(body.get("group_by"), measures[0])
    found = read_search(body.get("filter") or {}, call.sandbox.clock()).logs(call.sandbox)
    made = buckets([stored.log for stored in found], measures, levels)
    return answer(200, {"meta": meta(), "data": {"buckets": made}})
