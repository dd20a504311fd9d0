"""Where state is kept: what a backend must be able to do."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol


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
