"""The list of a kind, whole or not at all: an incomplete list must never look like objects that are gone."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial

from ddconf.datadog.calls import filled, path_of
from ddconf.datadog.client import Client
from ddconf.document import JSON, Document, get, parse_path
from ddconf.errors import ApiError
from ddconf.kind import Api, Call, Pages

_MOST_PAGES = 10_000
_AHEAD = 16
"""Pages asked for before they are needed; a list may turn out to be shorter than it said."""
Submit = Callable[..., Future[JSON]]
"""Has a function called with arguments by another thread."""


def items(
    client: Client,
    api: Api,
    call: Call,
    fields: Document = {},  # noqa: B006
    submit: Submit | None = None,
) -> list[JSON]:
    """Every raw item behind a list call; raises ApiError for anything that is not a whole list.

    `fields` fill the path and the parameters. With `submit`, the pages of a list that tells how many items it
    has are asked for at once.
    """
    path = path_of(call, "", fields)
    call = filled(call, fields)
    if api.pages is None or api.pages.optional:
        return items_of(client.request(call.method, path, call.params, route=call.path), api, call)
    if api.pages.style == "cursor":
        return _followed(client, api, call, api.pages, path)
    found: list[JSON] = []
    for answer in _pages(partial(_page, client, call, api.pages, path), api.pages, submit):
        page = items_of(answer, api, call)
        if page and page[0] in found[-api.pages.limit :]:
            raise _broken(call, "a page came twice")
        found += page
        total = get(answer, parse_path(api.pages.total)) if api.pages.total else None
        if len(page) < api.pages.limit:
            if isinstance(total, int) and total > len(found):
                raise _broken(call, f"it holds {len(found)} of {total}")
            return found
    raise _broken(call, "it has no end")


def after(client: Client, api: Api, call: Call, number: int) -> bool:
    """Whether a list has an item after so many: asked for alone, where it can be asked for in pages.

    Not asked where the list tells its end: by a total, or by the cursor of a next page.
    """
    pages = api.pages
    if pages is None or pages.total or pages.style == "cursor":
        return False
    # one to a page: the number of the page, or the offset, is then that of the item
    params = {**call.params, pages.start: str(pages.first + number), pages.size: "1"}
    answer = client.request(call.method, path_of(call, "", {}), params, route=call.path)
    return bool(items_of(answer, api, call))


def _followed(client: Client, api: Api, call: Call, pages: Pages, path: str) -> list[JSON]:
    """The items of pages that each name the next one."""
    found: list[JSON] = []
    params = {**call.params, pages.size: str(pages.limit)}
    for _ in range(_MOST_PAGES):
        answer = client.request(call.method, path, params, route=call.path)
        found += items_of(answer, api, call)
        following = get(answer, parse_path(pages.next))
        if not following:
            return found
        if following == params.get(pages.start):
            raise _broken(call, "a page came twice")
        params[pages.start] = str(following)
    raise _broken(call, "it has no end")


def _pages(ask: Callable[[int], JSON], pages: Pages, submit: Submit | None) -> Iterator[JSON]:
    """Page after page. Whoever asks stops at a short one: Datadog's links lead past the end."""
    yield (first := ask(0))
    total = get(first, parse_path(pages.total)) if pages.total and submit else 0
    last = min(total // pages.limit, _MOST_PAGES - 1) if isinstance(total, int) else 0
    ahead: deque[Future[JSON]] = deque()
    try:
        for number in range(1, _MOST_PAGES):
            while submit and len(ahead) < _AHEAD and number + len(ahead) <= last:
                ahead.append(submit(ask, number + len(ahead)))
            begun = ahead.popleft() if ahead else None
            # What has not begun is asked for here: all threads may be waiting for pages, as this one is.
            yield ask(number) if begun is None or begun.cancel() else begun.result()
    finally:
        for begun in ahead:
            begun.cancel()


def _page(client: Client, call: Call, pages: Pages, path: str, number: int) -> JSON:
    start = pages.first + number * (pages.limit if pages.style == "offset" else 1)
    params = {**call.params, pages.start: str(start), pages.size: str(pages.limit)}
    return client.request(call.method, path, params, route=call.path)


def items_of(answer: JSON, api: Api, call: Call) -> list[JSON]:
    """The raw items in one answer of a list call; raises ApiError where there is no list of objects."""
    if callable(api.items):
        found = api.items(answer)
    else:
        found = get(answer, parse_path(api.items)) if api.items else answer
    if not isinstance(found, list):
        raise _broken(call, f"no list at {api.items}" if api.items else "it is no list")
    if not all(isinstance(item, dict) for item in found):
        raise _broken(call, "it has items that are no objects")
    return found


def _broken(call: Call, reason: str) -> ApiError:
    return ApiError(call.method, call.path, 200, (f"the list cannot be used: {reason}",))
