"""Logs of the search API as lines of JSON for a replay.

https://docs.datadoghq.com/api/latest/logs/#search-logs-post
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence

from ddconf.document import JSON, Document
from ddconf.pipelines.attributes import ABSENT, find, put, split

Ask = Callable[[Document], JSON]
"""Sends the body of a search, gives the answer."""
_PAGE = 1000


def recorded_lines(ask: Ask, query: str, begin: str, sample: int, masks: Sequence[str] = ()) -> Iterator[str]:
    """At most `sample` logs from `begin` (as in `now-1d`) on; values of the masked attributes are hashed."""
    cursor, left = "", sample
    while left > 0:
        page: Document = {"limit": min(left, _PAGE), **({"cursor": cursor} if cursor else {})}
        answer = ask(
            {"filter": {"query": query, "from": begin, "to": "now"}, "sort": "timestamp", "page": page}
        )
        events = answer.get("data") if isinstance(answer, dict) else None
        for event in events or ():
            yield json.dumps(_masked(event, masks), ensure_ascii=False)
            left -= 1
        cursor = str(find(answer, split("meta.page.after")) or "") if isinstance(answer, dict) else ""
        if not events or not cursor or find(answer, split("meta.page.after")) is ABSENT:
            return


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
