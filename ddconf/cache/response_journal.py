"""Answers of an export that has not come to its end, so that the next one need not ask again.

A file to which whole answers are appended: a list with all its pages, one object. Only what the run itself
wrote is read back, from a file that is open to nobody else; an answer that is cut off or damaged, of another
version of the code or too old counts as none.
"""

from __future__ import annotations

import os
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from ddconf.cache.code_version import code_version
from ddconf.cache.folder import make_private, open_private
from ddconf.document import JSON, pack, unpack

ReadOrRecall = Callable[[str, Callable[[], JSON]], JSON]
"""Gives the kept answer to what is asked, or else what the call gives, and keeps that."""


def NOTHING_KEPT(_what: str, read: Callable[[], JSON]) -> JSON:
    return read()


OLDEST_SECONDS = 3600.0
_DIGEST = 16
_HEAD = struct.Struct(f">{_DIGEST}s{_DIGEST}sdI")
"""The key, the digest of the content, when it was read, how long it is."""


class ResponseJournal:
    """Safe for threads. `about` is the organisation; `recalled` counts what was not asked for again."""

    def __init__(self, file: Path, about: str, *, clock: Callable[[], float] = time.time) -> None:
        self._file, self._about, self._clock = file, about.encode(), clock
        self._lock = threading.Lock()
        self.recalled = 0
        self._places, self._handle = self._open()

    def recall(
        self, what: str, read: Callable[[], JSON], worth: Callable[[bytes], bool] = lambda _: True
    ) -> JSON:
        """The kept answer, or else what `read` gives, which is kept if its packed form is `worth` it."""
        key = self._key(what)
        if (content := self._get(key)) is not None:
            with self._lock:
                self.recalled += 1
            return unpack(content)
        answer = read()
        if worth(content := pack(answer)):
            self._put(key, content)
        return answer

    @property
    def oldest(self) -> float:
        """When the first of the kept answers was read, in seconds since the epoch; now if there is none."""
        return min((when for when, _, _ in self._places.values()), default=self._clock())

    def __len__(self) -> int:
        return len(self._places)

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def forget(self) -> None:
        """Begin with nothing."""
        self._places = {}
        if self._handle >= 0:
            os.ftruncate(self._handle, 0)

    def drop(self) -> None:
        """Take the file away: the run has come to its end."""
        self.close()
        with suppress(OSError):
            self._file.unlink()

    def _key(self, what: str) -> bytes:
        return blake2b(what.encode(), digest_size=_DIGEST, key=blake2b(self._about).digest()).digest()

    def _open(self) -> tuple[dict[bytes, tuple[float, int, int]], int]:
        """What the file holds, and the file to append to; a folder that cannot be written costs only time."""
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND
        try:
            make_private(self._file.parent)
            try:
                handle = open_private(self._file, flags)
            except OSError:  # a link, or open to others: not ours
                self._file.unlink()
                handle = open_private(self._file, flags | os.O_EXCL)
            return self._read(handle, os.fstat(handle).st_size), handle
        except OSError:
            return {}, -1

    def _read(self, handle: int, size: int) -> dict[bytes, tuple[float, int, int]]:
        """Where each answer stands; the rest of the file is cut off where it does not go on rightly."""
        places: dict[bytes, tuple[float, int, int]] = {}
        start, now = 0, self._clock()
        while len(head := os.pread(handle, _HEAD.size, start)) == _HEAD.size:
            key, digest, when, length = _HEAD.unpack(head)
            if start + _HEAD.size + length > size:  # before as much is asked for as a damaged length says
                break
            content = os.pread(handle, length, start + _HEAD.size)
            if _digest(content) != digest:
                break
            if 0 <= now - when < OLDEST_SECONDS:
                places[key] = (when, start + _HEAD.size, length)
            start += _HEAD.size + length
        if start < size or not places:
            os.ftruncate(handle, start if places else 0)
        return places

    def _get(self, key: bytes) -> bytes | None:
        if (place := self._places.get(key)) is None:
            return None
        _, start, length = place
        return os.pread(self._handle, length, start)

    def _put(self, key: bytes, content: bytes) -> None:
        with self._lock, suppress(OSError):
            if self._handle >= 0:
                os.write(
                    self._handle, _HEAD.pack(key, _digest(content), self._clock(), len(content)) + content
                )


def _digest(content: bytes) -> bytes:
    """Keyed by the version of the code, so that what another version wrote counts as damaged."""
    return blake2b(content, digest_size=_DIGEST, key=code_version()).digest()
