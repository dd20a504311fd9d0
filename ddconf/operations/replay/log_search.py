"""Logs of the search API, page by page.

https://docs.datadoghq.com/api/latest/logs/#search-logs-post
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ddconf.document import JSON, Document
from ddconf.pipelines.attributes import find, split

PATH = "/api/v2/logs/events/search"
Ask = Callable[[Document], JSON]
"""Sends the body of a search, gives the answer."""
_PAGE = 1000


def found_logs(ask: Ask, wanted: Document, most: int) -> Iterator[Document]:
    """At most so many events, oldest first; `wanted` is the filter: `query`, `from`, `to`, `indexes`."""
    cursor, left = "", most
    while left > 0:
        page: Document = {"limit": min(left, _PAGE), **({"cursor": cursor} if cursor else {})}
        answer = ask({"filter": wanted, "sort": "timestamp", "page": page})
        said = answer if isinstance(answer, dict) else {}
        events = said.get("data") or []
        yield from events
        left -= len(events)
        after = find(said, split("meta.page.after"))
        cursor = after if isinstance(after, str) else ""
        if not events or not cursor:
            return
