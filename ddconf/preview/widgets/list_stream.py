"""Logs one by one, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from ddconf.analytics.compute import values
from ddconf.analytics.query import UncomputableQuery
from ddconf.document import Document, get
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log
from ddconf.preview.sources import Size, Sources
from ddconf.preview.widgets import widget
from ddconf.render.markup import Html, element, join

_SHOWN = 50
_HEADINGS = {"status_line": "", "content": "message", "timestamp": "date"}


@widget("list_stream")
def list_stream(definition: Document, sources: Sources, _size: Size) -> Html:
    return join(*(_stream(request, sources) for request in definition.get("requests") or []))


def _stream(request: Document, sources: Sources) -> Html:
    query = request.get("query") or {}
    if query.get("data_source") != "logs_stream":
        raise UncomputableQuery(f"lists {query.get('data_source') or 'something else'}, not logs")
    columns = [str(item.get("field")) for item in request.get("columns") or []]
    order = get(query, ("sort", "order"), "desc")
    return _table(str(query.get("query_string") or "*"), columns, sources, newest_first=order != "asc")


@widget("log_stream")
def log_stream(definition: Document, sources: Sources, _size: Size) -> Html:
    """The older form of a list of logs."""
    columns = ["status_line", *(["timestamp"] if definition.get("show_date_column", True) else [])]
    columns += [
        name if name in ("host", "service") else f"@{name}" for name in definition.get("columns") or []
    ]
    columns += ["content"] if definition.get("show_message_column", True) else []
    order = get(definition, ("sort", "order"), "desc")
    return _table(str(definition.get("query") or "*"), columns, sources, newest_first=order != "asc")


def _table(query: str, columns: Sequence[str], sources: Sources, *, newest_first: bool) -> Html:
    found = sources.store.search(query)
    logs = sorted(found, key=lambda log: log.timestamp or 0, reverse=newest_first)
    if not logs:
        return element("p", "No logs match", class_="empty")
    columns = columns or ["status_line", "timestamp", "content"]
    head = element("tr", *(element("th", _HEADINGS.get(name, name), scope="col") for name in columns))
    rows = (element("tr", *(_cell(log, name) for name in columns)) for log in logs[:_SHOWN])
    caption = element("caption", f"{min(len(logs), _SHOWN)} of {len(logs):,} logs")
    return element("table", caption, element("thead", head), element("tbody", *rows), class_="stream")


def _cell(log: Log, column: str) -> Html:
    if column == "status_line":
        status = log.status or "info"
        return element(
            "td", element("i", class_=f"status {status if status.isalpha() else ''}", title=status)
        )
    if column == "timestamp":
        return element("td", moment(log.timestamp), class_="date")
    if column in ("content", "message"):
        return element("td", log.message, class_="message")
    return element("td", ", ".join(text_of(value) for value in values(log, column)))


def moment(timestamp: int | None) -> str:
    """A time as `Nov 23 05:13:21.876`, in UTC."""
    if timestamp is None:
        return ""
    try:
        when = datetime.fromtimestamp(timestamp / 1000, UTC)
    except (OverflowError, OSError, ValueError):
        return str(timestamp)
    return f"{when:%b %d %H:%M:%S}.{when.microsecond // 1000:03d}"
