"""Texts that will soon be files, parsed by other processes before they are: loading finds them parsed."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from ddconf.cache import Cache
from ddconf.definitions.parsed import parse_texts

_SLICE = 2_000_000
"""Bytes that are given to one process."""


class Ahead:
    """Collects texts and has them parsed by the slice; what is less than one is left to the loader."""

    def __init__(self, root: Path) -> None:
        self._cache = Cache(root / ".ddconf" / "cache" / "definitions")
        self._pool = ThreadPoolExecutor(max(1, (os.cpu_count() or 1) - 1))
        self._parsing: list[Future[dict[bytes, bytes]]] = []
        self._working: list[Future[object]] = []
        self._texts: list[bytes] = []
        self._size = 0

    def begin(self, work: Callable[[], object]) -> None:
        """Something else that takes a while and nobody waits for before the end."""
        self._working.append(self._pool.submit(work))

    def add(self, text: str) -> None:
        content = text.encode()
        self._texts.append(content)
        self._size += len(content)
        if self._size >= _SLICE:
            self._begin()

    def finish(self) -> None:
        """Wait for what is parsed, and keep it for whoever loads."""
        if self._parsing:
            self._begin()
        for future in self._parsing:
            for key, parsed in future.result().items():
                self._cache.put(key, parsed)
        for working in self._working:
            working.result()
        self._pool.shutdown()
        if self._parsing:
            self._cache.save()

    def _begin(self) -> None:
        self._parsing.append(self._pool.submit(parse_texts, self._texts))
        self._texts, self._size = [], 0
