"""Exit codes, part of the interface; docs/exit-codes.md is their table."""

from __future__ import annotations

from ddconf.errors import BlockedError, DdconfError, StaleError

DONE = 0
ERROR = 1
CHANGES = 2
BLOCKED = 3
PARTIAL = 4
STALE = 5
INTERRUPTED = 130


def of(error: DdconfError) -> int:
    """The code for a run that ended in this error."""
    if isinstance(error, BlockedError):
        return BLOCKED
    return STALE if isinstance(error, StaleError) else ERROR
