"""How a list is cut into pages and what it says about itself: the styles of Datadog's list endpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ddconf.emulator.call import RouteCall
from ddconf.emulator.wire import Document

Extra = Callable[[RouteCall, int, int], Document]


@dataclass(frozen=True, slots=True)
class PageParameters:
    """`first` is the parameter of the page number or of the offset, `size` that of the page's length.

    `default` is the length when the request names none; 0 means everything at once. `extra` gives what
    stands beside the list, from the total and the length of this page.
    """

    style: Literal["page", "offset"]
    first: str
    size: str
    default: int = 0
    most: int = 0
    origin: int = 0
    """The number of the first page."""
    extra: Extra = lambda _call, _total, _shown: {}

    def bounds(self, call: RouteCall) -> tuple[int, int]:
        """Offset and length; length 0 means to the end."""
        size = call.count(self.size, self.default)
        if self.most:
            size = min(size, self.most)
        first = call.count(self.first, self.origin) - self.origin
        return (first * size if self.style == "page" else first), size

    def cut(self, call: RouteCall, found: list[Any]) -> list[Any]:
        start, size = self.bounds(call)
        return found[start : start + size] if size else found[start:]


def offset_links(call: RouteCall, _total: int, _shown: int) -> Document:
    """`meta.pagination` and `links` of the offset style, which point past the end as Datadog's do."""
    offset, limit = call.count("page[offset]", 0), call.count("page[limit]", 25)
    before, after = max(offset - limit, 0), offset + limit

    def link(start: int) -> str:
        return f"https://api.datadoghq.com{call.path}?page[offset]={start}&page[limit]={limit}"

    return {
        "meta": {
            "pagination": {
                "offset": offset,
                "first_offset": 0,
                "prev_offset": before,
                "next_offset": after,
                "last_offset": None,
                "limit": limit,
                "type": "offset_limit",
            }
        },
        "links": {
            "self": f"https://api.datadoghq.com{call.path}",
            "last": None,
            "next": link(after),
            "prev": link(before) if offset else None,
            "first": link(0),
        },
    }


def number_links(call: RouteCall, total: int, _shown: int) -> Document:
    """`meta.pagination` and `links` of the numbered style."""
    number, size = call.count("page[number]", 0), call.count("page[size]", 10) or 10
    last = max(0, (total - 1) // size)
    pages = {
        "first": 0,
        "last": last,
        "prev": number - 1 if number else None,
        "next": number + 1 if number < last else None,
    }
    meta = {f"{name}_number": page for name, page in pages.items()}
    links = {
        name: None
        if page is None
        else f"https://api.datadoghq.com{call.path}?page[number]={page}&page[size]={size}"
        for name, page in {"self": number, **pages}.items()
    }
    counts = {"type": "number_size", "number": number, "size": size, "total": total}
    return {"meta": {"pagination": counts | meta}, "links": links}
