"""Wait for files to change, by looking at them again and again: no dependency, and enough for a folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path


def changes(
    files: Callable[[], Iterable[Path]],
    *,
    interval: float = 0.5,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[None]:
    """One item each time any file was written, has come or has gone; `interval` is in seconds."""
    before = stamps(files())
    while True:
        sleep(interval)
        now = stamps(files())
        if now != before:
            before = now
            yield


def stamps(files: Iterable[Path]) -> dict[Path, tuple[int, int]]:
    """When each file that exists was written last, and its size: equal as long as no file changes."""
    found = {}
    for file in files:
        try:
            status = file.stat()
        except OSError:
            continue
        found[file] = (status.st_mtime_ns, status.st_size)
    return found
