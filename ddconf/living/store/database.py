"""The SQLite file of the data: one connection, one lock, one transaction a request.

What a transaction has written is there after the process was killed. https://www.sqlite.org/wal.html
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS log (
    number INTEGER PRIMARY KEY, ts INTEGER NOT NULL, arrived INTEGER NOT NULL,
    place TEXT, archive TEXT, body TEXT NOT NULL, why TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS log_by_time ON log (ts, number, place) WHERE place IS NOT NULL;
CREATE INDEX IF NOT EXISTS log_to_archive ON log (archive) WHERE archive IS NOT NULL;
CREATE TABLE IF NOT EXISTS quota (
    place TEXT NOT NULL, day TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (place, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS series (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, host TEXT NOT NULL, tags TEXT NOT NULL,
    interval INTEGER NOT NULL, unit TEXT NOT NULL, seen INTEGER NOT NULL, UNIQUE (name, host, tags));
CREATE TABLE IF NOT EXISTS point (
    series INTEGER NOT NULL, ts INTEGER NOT NULL, value REAL, sketch TEXT,
    PRIMARY KEY (series, ts)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS event (
    id INTEGER PRIMARY KEY, ts INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS event_by_time ON event (ts);
CREATE TABLE IF NOT EXISTS check_run (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, ts INTEGER NOT NULL, body TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS check_by_name ON check_run (name, ts);
CREATE TABLE IF NOT EXISTS host (
    name TEXT PRIMARY KEY, tags TEXT NOT NULL, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notification (
    id INTEGER PRIMARY KEY, ts INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_TABLES = ("log", "quota", "series", "point", "event", "check_run", "host", "notification", "fact")


class Database:
    """Kept in memory without a path. Any thread may use it; one at a time does."""

    def __init__(self, path: Path | None = None) -> None:
        self._lock = threading.RLock()
        if path:
            path.touch(mode=0o600)
        self._sql = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False, timeout=30
        )
        self._sql.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
        )
        self._sql.executescript(_SCHEMA)

    def close(self) -> None:
        with self._lock:
            self._sql.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All writes inside take effect together, or none when it raises; may be nested."""
        with self._lock:
            if self._sql.in_transaction:
                yield
                return
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        with self._lock:
            return self._sql.execute(statement, values).fetchall()

    def one(self, statement: str, values: Sequence[Any] = ()) -> Row | None:
        """The first row."""
        with self._lock:
            row: Row | None = self._sql.execute(statement, values).fetchone()
            return row

    def run(self, statement: str, values: Sequence[Any] = ()) -> int:
        """Execute a write; gives the id of the row that it inserted."""
        with self._lock:
            return self._sql.execute(statement, values).lastrowid or 0

    def run_many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        with self._lock:
            self._sql.executemany(statement, values)

    @property
    def size(self) -> int:
        """Bytes on disk, without what is still in the journal."""
        pages, page = self.one("PRAGMA page_count"), self.one("PRAGMA page_size")
        return int(pages[0]) * int(page[0]) if pages and page else 0

    def clear(self) -> None:
        """Forget everything."""
        with self.transaction():
            for table in _TABLES:
                self._sql.execute(f"DELETE FROM {table}")
