"""The list of a kind, whole or not at all: an incomplete list must never look like objects that are gone."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from functools import partial

from ddconf.datadog.http.client import Client
from ddconf.datadog.objects.calls import filled, path_of
from ddconf.document import JSON, Document, get, parse_path
from ddconf.errors import ApiError
from ddconf.kind import Api, Call, Pages

_MOST_PAGES = 10_000
MOST_OBJECTS = 500_000
LONGEST_SECONDS = 1800.0
"""A list without an end must not fill the memory, nor hold up a run for ever."""
_AHEAD = 16
"""So many pages at once."""
Submit = Callable[..., Future[JSON]]
"""Has a function called with arguments by another thread."""


def items(
    client: Client,
    api: Api,
    call: Call,
    fields: Document = {},  # noqa: B006
    submit: Submit | None = None,
    expected: int = 0,
) -> list[JSON]:
    """Every raw item behind a list call; raises ApiError for anything that is not a whole list.

    `fields` fill the path and the parameters. With `submit`, pages are asked for at once: as many as the
    first one tells that there are, and those that `expected` items fill.
    """
    path = path_of(call, "", fields)
    call = filled(call, fields)
    pages = api.pages
    if pages is None or pages.optional:
        return items_of(client.request(call.method, path, call.params, route=call.path), api, call)
    if pages.style == "cursor":
        return _followed(client, api, call, pages, path)
    found: list[JSON] = []
    begun = time.monotonic()
    with closing(
        _PagesAhead(partial(_page, client, call, pages, path), submit, expected // pages.limit)
    ) as ahead:
        for number in range(_MOST_PAGES):
            answer = ahead.page(number)
            page = items_of(answer, api, call)
            if page and page[0] in found[-pages.limit :]:
                raise _broken(call, "a page came twice")
            found += page
            _check_bounds(call, found, begun)
            total = get(answer, parse_path(pages.total)) if pages.total else None
            if len(page) >= pages.limit:
                ahead.last = max(ahead.last, total // pages.limit if isinstance(total, int) else 0)
                continue
            if isinstance(total, int) and total > len(found):
                raise _broken(call, f"it holds {len(found)} of {total}")
            if any(items_of(answer, api, call) for answer in ahead.rest()):
                raise _broken(call, "a page is not full, and others follow it")
            return found
    raise _broken(call, "it has no end")


class _PagesAhead:
    """Pages asked for before they are needed, up to the `last`; a list may turn out to be shorter."""

    def __init__(self, ask: Callable[[int], JSON], submit: Submit | None, last: int) -> None:
        self._ask, self._submit, self.last = ask, submit, last
        self._begun: deque[Future[JSON]] = deque()

    def page(self, number: int) -> JSON:
        """The page after the one before; Datadog's links lead past the end, so they are not followed."""
        while self._submit and len(self._begun) < _AHEAD and number + len(self._begun) <= self.last:
            self._begun.append(self._submit(self._ask, number + len(self._begun)))
        # What no thread has begun is done by this one: all may be waiting for pages, as this one is.
        if not self._begun or (begun := self._begun.popleft()).cancel():
            return self._ask(number)
        return begun.result()

    def rest(self) -> Iterator[JSON]:
        """Pages that are on their way after the last one."""
        return (begun.result() for begun in self._begun if not begun.cancel())

    def close(self) -> None:
        for begun in self._begun:
            begun.cancel()


def _page(client: Client, call: Call, pages: Pages, path: str, number: int) -> JSON:
    start = pages.first + number * (pages.limit if pages.style == "offset" else 1)
    params = {**call.params, pages.start: str(start), pages.size: str(pages.limit)}
    return client.request(call.method, path, params, route=call.path)


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
    begun = time.monotonic()
    params = {**call.params, pages.size: str(pages.limit)}
    for _ in range(_MOST_PAGES):
        answer = client.request(call.method, path, params, route=call.path)
        found += items_of(answer, api, call)
        _check_bounds(call, found, begun)
        following = get(answer, parse_path(pages.next))
        if not following:
            return found
        if following == params.get(pages.start):
            raise _broken(call, "a page came twice")
        params[pages.start] = str(following)
    raise _broken(call, "it has no end")


def _check_bounds(call: Call, found: list[JSON], begun: float) -> None:
    if len(found) > MOST_OBJECTS:
        raise _broken(call, f"it holds more than {MOST_OBJECTS} objects")
    if time.monotonic() - begun > LONGEST_SECONDS:
        raise _broken(call, f"it did not end within {LONGEST_SECONDS / 60:.0f} minutes")


def items_of(answer: JSON, api: Api, call: Call) -> list[JSON]:
    """The raw items in one answer of a list call; raises ApiError where there is no list of objects."""
    if callable(api.items):
        found = api.items(answer)
    else:
        found = get(answer, parse_path(api.items)) if api.items else answer
    if not isinstance(found, list):
        raise _broken(call, f"no list at {api.items}" if api.items else "it is not a list")
    if not all(isinstance(item, dict) for item in found):
        raise _broken(call, "it has items that are not objects")
    return found


def _broken(call: Call, reason: str) -> ApiError:
    return ApiError(call.method, call.path, 200, (f"the list cannot be used: {reason}",))
