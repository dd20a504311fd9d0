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
    for events, _ in found_pages(ask, wanted, most):
        yield from events


def found_pages(
    ask: Ask, wanted: Document, most: int, cursor: str = ""
) -> Iterator[tuple[list[Document], str]]:
    """As `found_logs` from a cursor on, page by page, each with the cursor of the next one."""
    left = most
    while left > 0:
        page: Document = {"limit": min(left, _PAGE), **({"cursor": cursor} if cursor else {})}
        answer = ask({"filter": wanted, "sort": "timestamp", "page": page})
        said = answer if isinstance(answer, dict) else {}
        after = find(said, split("meta.page.after"))
        cursor = after if isinstance(after, str) else ""
        if events := said.get("data") or []:
            yield events, cursor
        left -= len(events)
        if not events or not cursor:
            return
