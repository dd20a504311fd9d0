"""Answers read whole, but never more than a machine can take: not too large, too dense, or too slow."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 512 * 1024 * 1024
MOST_DENSE = 200
"""JSON shrinks to a tenth or a thirtieth; gzip can make a thousandth of what is nothing but zeros."""
ALWAYS_FINE = 16 * 1024 * 1024
"""Bytes that no ratio is asked of."""
SLOWEST_BODY = 6
"""A body that trickles in is given up after this many timeouts."""
_CHUNK = 1 << 16


class TooLarge(Exception):
    """An answer that is not read to its end."""


@dataclass(frozen=True, slots=True)
class WholeAnswer:
    """What the official client looks at in an answer."""

    status: int
    reason: str | None
    headers: Mapping[str, str]
    data: bytes


class BoundedPool:
    """A pool of connections whose answers are read at once, each within bounds; `timeout` is in seconds."""

    def __init__(self, pool: Any, timeout: float) -> None:
        self._pool, self._timeout = pool, timeout

    def request(self, method: str, url: str, **options: Any) -> WholeAnswer:
        response = self._pool.request(method, url, **{**options, "preload_content": False})
        try:
            data = read_bounded(response, SLOWEST_BODY * self._timeout)
        except BaseException:
            response.close()
            raise
        return WholeAnswer(response.status, response.reason, response.headers, data)

    def clear(self) -> None:
        self._pool.clear()


def read_bounded(response: Any, seconds: float, most: int = MOST_BYTES) -> bytes:
    """The decoded body; raises TooLarge, and urllib3's ReadTimeoutError after so many seconds."""
    from urllib3.exceptions import ReadTimeoutError

    ends = time.monotonic() + seconds
    chunks, size = [], 0
    while chunk := response.read1(_CHUNK):
        chunks.append(chunk)
        size += len(chunk)
        if size > most:
            raise TooLarge(f"the answer is larger than {most // 1024**2} MB")
        if size > ALWAYS_FINE and size > MOST_DENSE * response.tell():
            raise TooLarge(f"the answer unpacks to more than {MOST_DENSE} times its size")
        if time.monotonic() > ends:
            raise ReadTimeoutError(None, None, "too slow")  # type: ignore[arg-type]
    return b"".join(chunks)
