"""Logs of the search API as lines of JSON for a replay."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence

from ddconf.document import Document
from ddconf.operations.replay.log_search import Ask, found_logs
from ddconf.pipelines.attributes import ABSENT, find, put, split


def recorded_lines(ask: Ask, query: str, begin: str, sample: int, masks: Sequence[str] = ()) -> Iterator[str]:
    """At most `sample` logs from `begin` (as in `now-1d`) on; values of the masked attributes are hashed."""
    for event in found_logs(ask, {"query": query, "from": begin, "to": "now"}, sample):
        yield json.dumps(_masked(event, masks), ensure_ascii=False)


def _masked(event: Document, masks: Sequence[str]) -> Document:
    """The event without the values of these attributes, in the text of the message too."""
    log = event.get("attributes")
    attributes = log.get("attributes") if isinstance(log, dict) else None
    if not isinstance(log, dict) or not isinstance(attributes, dict):
        return event
    for mask in masks:
        value = find(attributes, split(mask))
        if value is ABSENT or value is None or value == "":
            continue
        hashed = f"masked-{hashlib.sha256(str(value).encode()).hexdigest()[:12]}"
        put(attributes, split(mask), hashed)
        log["message"] = str(log.get("message", "")).replace(str(value), hashed)
    return event
