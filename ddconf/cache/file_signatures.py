"""What files held when they were last read: one that the file system tells no change of is not read again."""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from ddconf.cache.store import Cache, unmarshal

if TYPE_CHECKING:
    from ddconf.cache.folder import StrPath

_KEY = b"files"
_SETTLED = 2_000_000_000
"""Nanoseconds; a file that was changed just before it was read could be changed again without a trace, since
some file systems keep time in steps of two seconds."""

Stamp = tuple[int, int, int, int, int]
"""Device, number, size and times of a file. The time of its last change of any kind cannot be set by hand."""

Signatures = dict[str, tuple[Stamp, bytes, int]]
"""Path -> what the file system said of it, the key and the size of its content."""


class FileSignatures:
    """The keys of files by what `os.stat` says of them; the file of `cache` is written by `save`."""

    def __init__(self, cache: StrPath | None) -> None:
        self._cache = Cache(cache)
        self._known = unmarshal(self._cache.get(_KEY), _checked) or {}
        self._seen: Signatures = {}
        self._now = time.time_ns()

    def key(self, path: str, read: Callable[[str], tuple[bytes, int]]) -> tuple[bytes, int]:
        """The key and the size of a file's content, as `read` gives them where it may have changed."""
        try:
            stamp = _stamp(os.stat(path))  # noqa: PTH116
        except OSError:
            return read(path)
        known = self._known.get(path)
        if known is None or known[0] != stamp:
            known = (stamp, *read(path))
            if stamp[-1] >= self._now - _SETTLED:
                return known[1:]
        self._seen[path] = known
        return known[1:]

    def save(self, *, whole: bool = True) -> None:
        """Keep what was told this time, and of other files unless that was the `whole` folder."""
        kept = self._seen if whole else self._known | self._seen
        if kept != self._known:
            self._cache.put(_KEY, marshal.dumps(kept))
            self._cache.save()


def _checked(found: object) -> Signatures | None:
    if not isinstance(found, dict):
        return None
    for path, (_, key, size) in found.items():
        if not (type(path) is str and type(key) is bytes and type(size) is int):
            return None
    return found


def _stamp(status: os.stat_result) -> Stamp:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
