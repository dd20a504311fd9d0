"""Where state is kept: what a backend must be able to do, and how one is found by its URL."""

from __future__ import annotations

import json
import os
import platform
import re
import time
import uuid
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from ddconf.errors import DdconfError, Diagnostic, LockedError

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]*)://")
POLL_SECONDS = 0.5


class Backend(Protocol):
    """Keeps one state, its journal and its lock. Every failure is a DdconfError."""

    @property
    def name(self) -> str:
        """What messages call it."""

    def read(self) -> bytes | None:
        """The state's content; None where there is none."""

    def write(self, content: bytes) -> None:
        """Replace the content at once; refused if another run wrote since it was read here."""

    def append(self, record: bytes) -> None:
        """Keep one journal record (a line without its end), safe against a crash when this returns."""

    def journal(self) -> list[bytes]:
        """The records appended since the journal was cleared; one cut off by a crash is left out."""

    def clear(self) -> None:
        """Drop the journal."""

    def lock(self, owner: str, timeout: float = 0.0) -> AbstractContextManager[None]:
        """Hold the lock; waits so many seconds for it, then raises LockedError that names the holder."""

    def force_unlock(self, lock_id: str) -> None:
        """Take away the lock with this id."""


def open_backend(url: str, root: Path) -> Backend:
    """The backend of a URL, or of a path below `root`; raises DdconfError."""
    match = _SCHEME.match(url)
    if match is None or match["scheme"] == "file":
        from ddconf.state.local import LocalBackend

        return LocalBackend(root / url.removeprefix("file://"), shown=url)
    if match["scheme"] in ("s3", "gs", "az"):
        from ddconf.state.object_store import ObjectStoreBackend

        return ObjectStoreBackend(url)
    message = f"no state backend for {url}"
    raise DdconfError(Diagnostic(message, hint="a path, or a URL with s3://, gs:// or az://"))


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock, and since when."""

    id: str
    owner: str
    host: str
    pid: int
    since: str

    @classmethod
    def new(cls, owner: str) -> Holder:
        since = datetime.now(UTC).isoformat(timespec="seconds")
        return cls(uuid.uuid4().hex[:12], owner, platform.node(), os.getpid(), since)

    def to_bytes(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, content: bytes) -> Holder | None:
        """None for what is no holder, as a lock file just being written."""
        try:
            holder = cls(**json.loads(content))
        except (ValueError, TypeError):
            return None
        return holder

    def __str__(self) -> str:
        return f"{self.owner} (process {self.pid} on {self.host}) since {self.since}"


def locked(name: str, holder: Holder | None) -> LockedError:
    """The refusal that names the holder and both ways out."""
    if holder is None:
        return LockedError(
            Diagnostic(f"the state {name} is just being locked by another run", hint="try again")
        )
    return LockedError(
        Diagnostic(
            f"the state {name} is locked by {holder}",
            hint="wait for that run with --lock-timeout=5m; or if it surely runs no more: "
            f"ddconf force-unlock {holder.id}",
        )
    )


def not_locked_by(name: str, lock_id: str, holder: Holder | None) -> DdconfError:
    """The refusal to take away a lock by another id than its own."""
    if holder is None:
        return DdconfError(f"the state {name} is not locked")
    return DdconfError(f"the state {name} has no lock {lock_id}: it is locked by {holder}, id {holder.id}")


class Deadline:
    """The end of waiting for a lock."""

    def __init__(self, timeout: float) -> None:
        self._end = time.monotonic() + timeout

    def wait(self) -> bool:
        """Sleep a little; False once the time is over."""
        left = self._end - time.monotonic()
        time.sleep(max(0.0, min(POLL_SECONDS, left)))
        return left > 0
