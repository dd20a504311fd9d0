"""A line of a recording as the log that comes in: an archive's event, one of the search API, JSON or text."""

from __future__ import annotations

import json
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.pipelines.log import Log
from ddconf.pipelines.timestamp import parse_timestamp

_ENVELOPE = {"id", "_id", "type", "attributes", "date", "timestamp", "message", "tags"}
_ENVELOPE |= {"service", "host", "source", "status", "trace_id", "span_id"}


@dataclass(frozen=True, slots=True)
class RecordedLog:
    """A log of a recording; `processed` if it has been through Datadog's pipelines already."""

    log: Log
    processed: bool = False


def recorded_log(line: str) -> RecordedLog:
    """The log of a line; what has `attributes` and no key that Datadog does not write is a recorded log."""
    if line.startswith("{"):
        try:
            event = json.loads(line)
        except (ValueError, RecursionError):
            return RecordedLog(Log.from_text(line))
        if (found := event_of(event)) is not None:
            return RecordedLog(log_from_event(found), processed=True)
    return RecordedLog(Log.from_text(line))


def event_of(document: Document) -> Document | None:
    """The log inside what an archive or the search API gives; None where it is neither."""
    inner = document.get("attributes")
    if not isinstance(inner, dict):
        return None
    if document.get("type") == "log" and isinstance(inner.get("attributes", {}), dict):
        return inner
    return document if document.keys() <= _ENVELOPE else None


def log_from_event(event: Document) -> Log:
    """What was processed already keeps its official fields, so that both sides begin alike."""
    tags = event.get("tags")
    listed = tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else ()
    sources = (tag.removeprefix("source:") for tag in listed if tag.startswith("source:"))
    attributes = event.get("attributes")
    return Log(
        _text(event.get("message")) or "",
        attributes if isinstance(attributes, dict) else {},
        listed,
        status=_text(event.get("status")),
        service=_text(event.get("service")),
        source=_text(event.get("source")) or next(sources, None),
        host=_text(event.get("host")),
        timestamp=parse_timestamp(event.get("timestamp", event.get("date"))),
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
