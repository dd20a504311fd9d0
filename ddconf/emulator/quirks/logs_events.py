"""Logs themselves: taken in, searched, aggregated. They pass no pipeline here.

https://docs.datadoghq.com/api/latest/logs/
"""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any

from ddconf.emulator.call import RouteCall, route
from ddconf.emulator.ids import base64url
from ddconf.emulator.log_aggregate import buckets
from ddconf.emulator.log_search import compiled
from ddconf.emulator.wire import Document, Response, answer, texts

COLLECTION = "log_event"
_MOST = 1000
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_OWN_FIELDS = ("ddtags", "ddsource", "hostname", "service", "message", "status")


@route("POST", "/api/v2/logs")
def take_in(call: RouteCall) -> Response:
    _keep(call)
    return answer(202, {})


@route("POST", "/v1/input")
def take_in_v1(call: RouteCall) -> Response:
    _keep(call)
    return answer(200, {})


def _keep(call: RouteCall) -> None:
    for item in call.body if isinstance(call.body, list) else [call.body]:
        sent = item if isinstance(item, dict) else {"message": item}
        id = call.store.new_id(COLLECTION, base64url)
        tags = [tag for tag in str(sent.get("ddtags", "")).split(",") if tag]
        named = {"host": sent.get("hostname"), "service": sent.get("service"), "message": sent.get("message")}
        source = [f"source:{sent['ddsource']}"] if "ddsource" in sent else []
        attributes = {
            **{key: value for key, value in named.items() if value is not None},
            "status": sent.get("status", "info"),
            "timestamp": call.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z",
            "tags": source + tags,
            "attributes": {key: value for key, value in sent.items() if key not in _OWN_FIELDS},
        }
        call.store.put(COLLECTION, id, {"id": id, "type": "log", "attributes": attributes})


@route("GET", "/api/v2/logs/events")
def search_by_query(call: RouteCall) -> Response:
    asked = {key: call.query.get(f"filter[{key}]") for key in ("query", "from", "to")}
    page = {"cursor": call.query.get("page[cursor]"), "limit": call.count("page[limit]", 10)}
    return _page(call, asked, page, call.query.get("sort", "-timestamp"))


@route("POST", "/api/v2/logs/events/search")
def search(call: RouteCall) -> Response:
    body = call.body or {}
    return _page(call, body.get("filter") or {}, body.get("page") or {}, body.get("sort", "timestamp"))


def _page(call: RouteCall, asked: Document, page: Document, sort: str) -> Response:
    """One page of logs; a full one tells where the next begins, whether or not there is more."""
    if sort not in ("timestamp", "-timestamp"):
        raise texts(400, f"Invalid sort: {sort}")
    limit = _limit(page.get("limit", 10))
    found = _found(call, asked, newest_first=sort.startswith("-"))
    start = _start(page.get("cursor"))
    shown = found[start : start + limit]
    meta: Document = {"elapsed": 1, "request_id": base64url(call.store.random), "status": "done"}
    if len(shown) < limit:
        return answer(200, {"data": shown, "meta": meta})
    cursor = base64.urlsafe_b64encode(f"after {start + limit}".encode()).decode()
    link = f"https://api.datadoghq.com/api/v2/logs/events?page%5Bcursor%5D={cursor}"
    return answer(200, {"data": shown, "meta": meta | {"page": {"after": cursor}}, "links": {"next": link}})


def _limit(asked: Any) -> int:
    if not isinstance(asked, int) or not 0 < asked <= _MOST:
        raise texts(400, f"Invalid limit: {asked}. It must be from 1 to {_MOST}")
    return asked


def _start(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.urlsafe_b64decode(cursor).decode().removeprefix("after "))
    except ValueError:
        raise texts(400, "Invalid cursor") from None


def _found(call: RouteCall, asked: Document, *, newest_first: bool) -> list[Document]:
    matches = compiled(asked.get("query") or "*")
    low, high = _moment(call, asked.get("from") or "now-15m"), _moment(call, asked.get("to") or "now")
    found = [
        log
        for log in call.store.all(COLLECTION)
        if low <= _time_of(log) <= high and matches(log["attributes"])
    ]
    return sorted(found, key=_time_of, reverse=newest_first)


def _time_of(log: Document) -> datetime:
    return datetime.fromisoformat(log["attributes"]["timestamp"])


def _moment(call: RouteCall, text: Any) -> datetime:
    """A time as a search tells it: ISO 8601, milliseconds, or `now-15m`."""
    try:
        if relative := re.fullmatch(r"now(?:-(\d+)([smhdw]))?", str(text)):
            back = {_UNITS[relative[2]]: int(relative[1])} if relative[1] else {}
            return call.now - timedelta(**back)
        if str(text).isdigit():
            return datetime.fromtimestamp(int(text) / 1000, UTC)
        moment = datetime.fromisoformat(str(text))
    except (ValueError, OverflowError, OSError):  # OSError: beyond what the platform counts
        raise texts(400, f"Invalid time: {text}") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@route("POST", "/api/v2/logs/analytics/aggregate")
def aggregate(call: RouteCall) -> Response:
    body = call.body or {}
    found = _found(call, body.get("filter") or {}, newest_first=False)
    computes = body.get("compute") or [{"aggregation": "count"}]
    made = buckets([log["attributes"] for log in found], computes, body.get("group_by") or [])
    meta = {"elapsed": 1, "request_id": base64url(call.store.random), "status": "done"}
    return answer(200, {"meta": meta, "data": {"buckets": made}})


@route("POST", "/api/v1/logs-queries/list")
def search_v1(call: RouteCall) -> Response:
    """The first version of the search: a log's id tells where the next page begins."""
    body = call.body or {}
    if not isinstance(body.get("time"), dict):
        raise texts(400, "'time' is a required property")
    asked = {"query": body.get("query"), **body["time"]}
    found = _found(call, asked, newest_first=body.get("sort") != "asc")
    ids = [log["id"] for log in found]
    start = ids.index(body["startAt"]) if body.get("startAt") in ids else 0
    limit = _limit(body.get("limit", 10))
    shown = [{"id": log["id"], "content": _content(log)} for log in found[start : start + limit]]
    after = ids[start + limit] if len(ids) > start + limit else None
    request_id = base64url(call.store.random)
    return answer(200, {"status": "done", "nextLogId": after, "logs": shown, "requestId": request_id})


def _content(log: Document) -> Document:
    return {key: value for key, value in log["attributes"].items() if key != "status"}
