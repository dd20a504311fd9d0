"""The log: what goes into a pipeline and what comes out of it.

A text that is a JSON object becomes attributes, and some of its keys become official fields.
https://docs.datadoghq.com/logs/log_configuration/pipelines/#preprocessing
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ddconf.document import JSON, copy
from ddconf.pipelines import json_text
from ddconf.pipelines.attributes import ABSENT, find, merge, split, text_of, without_empty
from ddconf.pipelines.status import official_status
from ddconf.pipelines.timestamp import Clock, parse_timestamp

_SOURCES = {
    "timestamp": (
        "@timestamp",
        "timestamp",
        "_timestamp",
        "Timestamp",
        "eventTime",
        "date",
        "published_date",
        "syslog.timestamp",
    ),
    "status": ("status", "severity", "level", "syslog.severity"),
    "service": ("service", "syslog.appname"),
    "source": ("ddsource",),
    "host": ("host", "hostname", "syslog.hostname"),
    "trace_id": ("dd.trace_id", "contextMap.dd.trace_id"),
}
_DEEPEST = 100


@dataclass(frozen=True, slots=True)
class Log:
    """One log; `timestamp` is in milliseconds since the epoch, a tag is `key:value` or a bare word."""

    message: str = ""
    attributes: dict[str, JSON] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    status: str | None = None
    service: str | None = None
    source: str | None = None
    host: str | None = None
    timestamp: int | None = None
    trace_id: str | None = None
    span_id: str | None = None

    @classmethod
    def from_text(
        cls, text: str, *, preprocess: bool = True, now: Clock | None = None, **official: Any
    ) -> Log:
        """The log that Datadog makes of a line; `official` are fields known beforehand, such as `source`.

        Without `preprocess`, only `message` of a JSON object is treated specially.
        """
        if not text.lstrip().startswith("{"):
            return cls(message=text, **official)
        try:
            value = json_text.read(text)
        except (ValueError, RecursionError):
            return cls(message=text, **official)
        if not isinstance(value, dict) or _too_deep(value):
            return cls(message=text, **official)
        return cls.from_event(value, text=text, preprocess=preprocess, now=now, **official)

    @classmethod
    def from_event(
        cls,
        event: dict[str, JSON],
        *,
        text: str | None = None,
        preprocess: bool = True,
        now: Clock | None = None,
        **official: Any,
    ) -> Log:
        """The log that Datadog makes of a JSON object; `text` is the object as it was written.

        Nulls and empty objects and lists vanish; where there were some, a message that is the object itself
        is printed without them.
        """
        whole = without_empty(event) or {}
        attributes = copy(whole)
        message = attributes.get("message")
        if isinstance(message, str):
            del attributes["message"]
        else:
            if isinstance(message, dict):
                del attributes["message"]
                merge(attributes, message)
            message = text if text is not None and whole == event else json.dumps(whole, ensure_ascii=False)
        log = cls(message=message, attributes=attributes, **official)
        return _preprocessed(log, now) if preprocess else log

    @classmethod
    def from_json(cls, document: dict[str, JSON]) -> Log:
        """The inverse of `as_json`; keys that a log does not have are left out."""
        known = {item.name: document[item.name] for item in fields(cls) if item.name in document}
        known["tags"] = tuple(known.get("tags", ()))
        return cls(**copy(known))

    def as_json(self) -> dict[str, JSON]:
        """The log as plain JSON; official fields without a value are left out."""
        document: dict[str, JSON] = {"message": self.message, "attributes": copy(self.attributes)}
        document["tags"] = list(self.tags)
        for item in fields(self)[3:]:
            if (value := getattr(self, item.name)) is not None:
                document[item.name] = value
        return document

    def as_json_line(self) -> str:
        """The text of `as_json`, on one line."""
        document: dict[str, JSON] = {
            "message": self.message,
            "attributes": self.attributes,
            "tags": self.tags,
        }
        for name in _OPTIONAL:
            if (value := getattr(self, name)) is not None:
                document[name] = value
        return _ENCODER.encode(document)


_OPTIONAL = tuple(item.name for item in fields(Log)[3:])
_ENCODER = json.JSONEncoder(ensure_ascii=False)


def _preprocessed(log: Log, now: Clock | None) -> Log:
    """The log with the official fields that its attributes name; the attributes stay."""
    official: dict[str, Any] = {}
    for name, paths in _SOURCES.items():
        value = _first(log.attributes, paths)
        if value is ABSENT:
            continue
        if name == "timestamp":
            instant = parse_timestamp(value, now)
            official[name] = log.timestamp if instant is None else instant
        else:
            official[name] = official_status(value) if name == "status" else text_of(value)
    tags = _tags(log.attributes.get("ddtags"))
    return replace(log, tags=(*log.tags, *(tag for tag in tags if tag not in log.tags)), **official)


def _first(attributes: dict[str, JSON], paths: Iterable[str]) -> JSON:
    found = (find(attributes, split(path)) for path in paths)
    return next((value for value in found if value is not None and value is not ABSENT), ABSENT)


def _tags(value: JSON) -> list[str]:
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    return [tag for tag in (text_of(item).strip() for item in items) if tag]


def _too_deep(value: JSON) -> bool:
    """Whether it nests beyond what a recursion can walk; Datadog itself stops far earlier."""
    level: list[JSON] = [value]
    for _ in range(_DEEPEST):
        level = [
            child
            for node in level
            for child in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ())
        ]
        if not level:
            return False
    return True
