"""State in a local file: written under another name, flushed, renamed; locked by a file beside it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ddconf.errors import DdconfError, Diagnostic, LockedError
from ddconf.state.lock import Deadline, Holder, locked, not_locked_by

_HINTS = {
    errno.ENOSPC: "the disk is full: make room and run again",
    errno.EDQUOT: "the disk quota is used up: make room and run again",
    errno.EROFS: "the file system is read-only: choose another place with `state:` in ddconf.yaml",
    errno.EACCES: "you may not do that there: change the permissions, or `state:` in ddconf.yaml",
    errno.EPERM: "you may not do that there: change the permissions, or `state:` in ddconf.yaml",
    errno.EISDIR: "it is a folder: `state:` in ddconf.yaml must name a file",
    errno.EEXIST: "a part of the path is not a folder: correct `state:` in ddconf.yaml",
    errno.ENOTDIR: "a part of the path is not a folder: correct `state:` in ddconf.yaml",
}
_UNWRITTEN_SECONDS = 10
"""A lock file without a holder for so long was left by a run that was killed while making it."""


class LocalBackend:
    """`state.json`, and beside it `.journal` and `.lock`: all readable by their owner only."""

    def __init__(self, path: Path, shown: str = "") -> None:
        self.path = Path(os.path.realpath(path))
        self.name = shown or str(path)
        self._journal = self._beside(".journal")
        self._lock = self._beside(".lock")
        self._holder: Holder | None = None

    def _beside(self, suffix: str) -> Path:
        return self.path.with_name(self.path.name + suffix)

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            reason = error.strerror or str(error)
            message = f"cannot {doing} the state {self.name}: {reason}"
            raise DdconfError(Diagnostic(message, hint=_HINTS.get(error.errno or 0, ""))) from None

    def read(self) -> bytes | None:
        with self._explained("read"):
            return _content(self.path)

    def write(self, content: bytes) -> None:
        if self._holder is not None and self._current_holder() != self._holder:
            raise LockedError(
                Diagnostic(
                    f"the lock on the state {self.name} was taken away while this run held it",
                    hint="what was changed is kept in its journal or found again by name: plan again",
                )
            )
        temporary = self._beside(".tmp")
        with self._explained("write"):
            try:
                _write_through(temporary, os.O_TRUNC, content)
                temporary.replace(self.path)
            except OSError:
                temporary.unlink(missing_ok=True)
                raise
            _flush_folder(self.path.parent)

    def append(self, record: bytes) -> None:
        with self._explained("write the journal of"):
            _write_through(self._journal, os.O_APPEND, record + b"\n")

    def journal(self) -> list[bytes]:
        with self._explained("read the journal of"):
            # What stands behind the last line end was cut off by a crash, or is still being written.
            return (_content(self._journal) or b"").split(b"\n")[:-1]

    def clear(self) -> None:
        with self._explained("clear the journal of"):
            self._journal.unlink(missing_ok=True)

    @contextmanager
    def lock(self, owner: str, timeout: float = 0.0) -> Iterator[None]:
        deadline = Deadline(timeout)
        holder = Holder.new(owner)
        with self._explained("lock"):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            while (handle := self._acquire(holder)) is None:
                if not deadline.wait():
                    raise locked(self.name, self._current_holder())
        self._holder = holder
        try:
            yield
        finally:
            self._holder = None
            with self._explained("unlock"):
                if self._current_holder() == holder:
                    self._lock.unlink(missing_ok=True)
                os.close(handle)

    def _acquire(self, holder: Holder) -> int | None:
        """The open lock file, ours now; None while another run has it."""
        try:
            handle = os.open(self._lock, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return self._take_over(holder)
        _hold(handle, wait=True)  # another run may just be looking whether the file is left over
        _write_all(handle, holder.to_bytes())
        return handle

    def _take_over(self, holder: Holder) -> int | None:
        """The lock of a run that was killed on this machine: the system has let go of its file.

        Both must be so, the name of the machine and the released file, since not every file system tells
        other machines what is held.
        """
        try:
            handle = os.open(self._lock, os.O_RDWR)
        except FileNotFoundError:
            return None
        if not self._is_left_over(handle, holder):
            os.close(handle)
            return None
        os.ftruncate(handle, 0)
        _write_all(handle, holder.to_bytes())
        return handle

    def _is_left_over(self, handle: int, me: Holder) -> bool:
        if not _hold(handle) or not self._is_lock_file(handle):
            return False
        before = Holder.from_bytes(os.pread(handle, 10_000, 0))
        if before is None:
            return time.time() - os.fstat(handle).st_mtime > _UNWRITTEN_SECONDS
        return before.host == me.host

    def _is_lock_file(self, handle: int) -> bool:
        """Whether the open file still is the lock; its holder may have removed it since it was opened."""
        try:
            return os.path.samestat(os.fstat(handle), self._lock.stat())
        except FileNotFoundError:
            return False

    def _current_holder(self) -> Holder | None:
        return Holder.from_bytes(_content(self._lock) or b"")

    def force_unlock(self, lock_id: str) -> None:
        with self._explained("unlock"):
            holder = self._current_holder()
            if holder is None or holder.id != lock_id:
                raise not_locked_by(self.name, lock_id, holder)
            self._lock.unlink(missing_ok=True)


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write_through(path: Path, flag: int, content: bytes) -> None:
    """Write to the end and to the disk; on failure the file is as long as before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | flag, 0o600)
    try:
        if sys.platform != "win32":
            os.fchmod(handle, 0o600)
        length = os.fstat(handle).st_size
        try:
            _write_all(handle, content)
            os.fsync(handle)
        except OSError:
            os.ftruncate(handle, length)
            raise
    finally:
        os.close(handle)


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _flush_folder(folder: Path) -> None:
    """Make a rename last; not every system lets a folder be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _hold(handle: int, *, wait: bool = False) -> bool:
    """Mark the open file as in use until it is closed or this process ends; False if another one has."""
    if sys.platform == "win32":
        return False
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
