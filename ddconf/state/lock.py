"""The lock of a state: who holds it, how a run waits for it, and how it is refused."""

from __future__ import annotations

import json
import os
import platform
import time
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from ddconf.errors import DdconfError, Diagnostic, LockedError

POLL_SECONDS = 0.5


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
        """None for what is not a holder, as a lock file just being written."""
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
    """The refusal to release a lock by another id than its own."""
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
