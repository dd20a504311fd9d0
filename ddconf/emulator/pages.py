"""How a list is cut into pages and what it says about itself: the styles of Datadog's list endpoints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ddconf.emulator.call import Call
from ddconf.emulator.wire import Document

Extra = Callable[[Call, int, int], Document]


@dataclass(frozen=True, slots=True)
class Pages:
    """`first` is the parameter of the page number or of the offset, `size` that of the page's length.

    `default` is the length when the request names none; 0 means everything at once. `extra` gives what
    stands beside the list, from the total and the length of this page.
    """

    style: Literal["page", "offset"]
    first: str
    size: str
    default: int = 0
    most: int = 0
    extra: Extra = lambda _call, _total, _shown: {}

    def bounds(self, call: Call) -> tuple[int, int]:
        """Offset and length; length 0 means to the end."""
        size = call.count(self.size, self.default)
        if self.most:
            size = min(size, self.most)
        first = call.count(self.first, 0)
        return (first * size if self.style == "page" else first), size

    def cut(self, call: Call, found: list[Any]) -> list[Any]:
        start, size = self.bounds(call)
        return found[start : start + size] if size else found[start:]
