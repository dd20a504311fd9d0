"""Bytes kept between runs by a digest of what they follow from: one file, which only ever saves time.

A file that is damaged, of another place or version of the code, or open to others (so perhaps written by
others) counts as empty; one that cannot be written is not.
"""

from __future__ import annotations

import marshal
import os
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from zlib import crc32

from ddconf.cache.code_version import code_version
from ddconf.cache.folder import make_private, open_private

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing `typing` takes a fifth of a warm `validate`
    from typing import TypeVar

    from ddconf.cache.folder import StrPath

    T = TypeVar("T")
_DIGEST = 16
_HEAD = _DIGEST + 8
"""A digest of all that follows, then the length of the index."""
_DAY = 24 * 3600
_KEEP_DAYS = 7


class Cache:
    """Reads its file at once, and writes it in `save`; without a file it keeps nothing beyond this run."""

    def __init__(self, file: StrPath | None) -> None:
        self._file = os.fspath(file) if file else None
        self._index, self._values = _read(self._file) if self._file else ({}, memoryview(b""))
        self._new: dict[bytes, bytes] = {}
        self._used: set[bytes] = set()

    def get(self, key: bytes) -> memoryview | None:
        if key in self._new:
            return memoryview(self._new[key])
        if (place := self._index.get(key)) is None:
            return None
        self._used.add(key)
        start, end, _ = place
        return self._values[start:end]

    def __contains__(self, key: object) -> bool:
        return key in self._new or key in self._index

    def put(self, key: bytes, value: bytes) -> None:
        self._new[key] = value

    def save(self, *, keep_days: int = _KEEP_DAYS, least: float = 0) -> None:
        """Write what is new beside what is old, less what no run has used for some days.

        Nothing is written where what is new is less than this share of what is kept.
        """
        if sum(map(len, self._new.values())) < least * len(self._values):
            return
        today = int(time.time() / _DAY)
        kept = {
            key: (start, end, today if key in self._used else day)
            for key, (start, end, day) in self._index.items()
            if key not in self._new and (key in self._used or day > today - keep_days)
        }
        if self._file is None or (not self._new and len(kept) == len(self._index)):
            return
        values: list[bytes | memoryview] = [self._values[start:end] for start, end, _ in kept.values()]
        days = [day for _, _, day in kept.values()] + [today] * len(self._new)
        values += self._new.values()
        with suppress(OSError):
            _write(self._file, _index(zip((*kept, *self._new), values, days, strict=True)), values)


Index = dict[bytes, tuple[int, int, int]]
"""Key -> where its value starts and ends, and the day on which it was last of use."""


def _index(entries: Iterable[tuple[bytes, bytes | memoryview, int]]) -> bytes:
    index: Index = {}
    end = 0
    for key, value, day in entries:
        start, end = end, end + len(value)
        index[key] = (start, end, day)
    return marshal.dumps(index)


def unmarshal(value: bytes | memoryview | None, read: Callable[[object], T | None]) -> T | None:
    """A value that was kept as `marshal` writes it: what `read` makes of it, None if it is of another shape.

    The digest shows that this code wrote the file, but not that it wrote it for the one who reads it.
    """
    if value is None:
        return None
    try:
        return read(marshal.loads(value))
    except (ValueError, TypeError, EOFError, LookupError, AttributeError, MemoryError):
        return None


def _read(file: str) -> tuple[Index, memoryview]:
    empty: tuple[Index, memoryview] = {}, memoryview(b"")
    try:
        with os.fdopen(open_private(file), "rb") as stream:
            content = memoryview(mmap(stream.fileno(), 0, access=ACCESS_READ))
    except (OSError, ValueError):  # ValueError: it is empty
        return empty
    if content[:_DIGEST] != _digest(file, [content[_DIGEST:]]):
        return empty
    end = _HEAD + int.from_bytes(content[_DIGEST:_HEAD])
    values = content[end:]
    index = unmarshal(content[_HEAD:end], lambda found: _checked(found, len(values)))
    return empty if index is None else (index, values)


def _checked(found: object, length: int) -> Index | None:
    """The index, if each of its values lies within so many bytes."""
    if not isinstance(found, dict):
        return None
    for key, (start, end, day) in found.items():
        if not (type(key) is bytes and type(day) is int and 0 <= start <= end <= length):
            return None
    return found


def _write(file: str, index: bytes, values: list[bytes | memoryview]) -> None:
    import tempfile

    folder, last = os.path.split(file)
    make_private(folder)
    body = [len(index).to_bytes(_HEAD - _DIGEST), index, *values]
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{last}.")  # mode 0600
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines([_digest(file, body), *body])
        os.replace(name, file)  # noqa: PTH105
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(name)  # noqa: PTH108
        raise


def _digest(file: str, parts: Iterable[bytes | memoryview]) -> bytes:
    """Keyed by the version of the code, so that what another version wrote counts as damaged; the same with
    what was written for another folder or under another name.

    A checksum tells damage as well as a digest of all would, in a quarter of the time; nobody else can write.
    """
    checksum = 0
    for part in parts:
        checksum = crc32(part, checksum)
    folder, name = os.path.split(os.path.abspath(file))  # noqa: PTH100
    content = checksum.to_bytes(4) + os.fsencode(f"{os.path.basename(folder)}/{name}")  # noqa: PTH119
    return blake2b(content, digest_size=_DIGEST, key=code_version()).digest()
