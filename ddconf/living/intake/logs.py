"""An entry of a body -> the log that Datadog makes of it, before any pipeline.

Reserved attributes become official fields, JSON in the message attributes, a syslog line its parts.
https://docs.datadoghq.com/logs/log_configuration/pipelines/#preprocessing
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

from ddconf.document import Document
from ddconf.living.intake.log_bodies import Entry
from ddconf.living.intake.syslog import read_syslog
from ddconf.pipelines import json_text
from ddconf.pipelines.attributes import merge, text_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.timestamp import Clock

_LONGEST = 1_000_000  # bytes of a message
_MOST_TAGS, _LONGEST_TAG = 100, 256
_FROM_QUERY = ("ddsource", "service", "hostname", "host")
_ONLY_SHIP = ("ddsource", "ddtags")
_OFFICIAL = tuple(
    item.name for item in fields(Log) if item.name not in ("message", "attributes", "tags", "span_id")
)


def defaults(query: Mapping[str, str]) -> Document:
    """What the query string says of every log of a request."""
    named: Document = {name: query[name] for name in _FROM_QUERY if query.get(name)}
    return named | ({"ddtags": query["ddtags"]} if query.get("ddtags") else {})


def read_log(entry: Entry, given: Document, now: Clock) -> Log:
    """The log of an entry; what the entry itself says comes before what is `given` for the request."""
    event = _event(entry)
    if given:
        tags = [text for text in (_tag_text(event), _tag_text(given)) if text]
        event = {**given, **event} | ({"ddtags": ",".join(tags)} if tags else {})
    log = Log.from_event(event, now=now)
    inner = _object(log.message) if isinstance(event.get("message"), str) else None
    return _finished(log if inner is None else _with_inner(log, inner, now), now)


def _event(entry: Entry) -> Document:
    return (read_syslog(entry) or {"message": entry}) if isinstance(entry, str) else entry


def _tag_text(event: Document) -> str:
    tags = event.get("ddtags")
    return ",".join(map(text_of, tags)) if isinstance(tags, list) else text_of(tags) if tags else ""


def _object(message: str) -> Document | None:
    if not message.lstrip().startswith("{"):
        return None
    try:
        value = json_text.read(message)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _with_inner(outer: Log, inner: Document, now: Clock) -> Log:
    """The log whose message is JSON: what that says of date, status and the like is nearer to the event."""
    log = Log.from_event(inner, text=outer.message, now=now)
    attributes = outer.attributes
    merge(attributes, log.attributes)
    official = {name: getattr(log, name) for name in _OFFICIAL if getattr(log, name) is not None}
    tags = (*outer.tags, *(tag for tag in log.tags if tag not in outer.tags))
    return replace(outer, message=log.message, attributes=attributes, tags=tags, **official)


def _finished(log: Log, now: Clock) -> Log:
    """Without what only ships, with a date and a status, and not larger than Datadog keeps it."""
    for name in _ONLY_SHIP:
        log.attributes.pop(name, None)
    message = log.message
    if len(message) * 4 > _LONGEST:
        message = message.encode("utf-8", "replace")[:_LONGEST].decode("utf-8", "ignore")
    return replace(
        log,
        message=message,
        tags=tuple(tag[:_LONGEST_TAG] for tag in log.tags[:_MOST_TAGS]),
        status=log.status or "info",
        timestamp=int(now().timestamp() * 1000) if log.timestamp is None else log.timestamp,
    )
