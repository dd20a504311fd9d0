"""Objects by collection in one SQLite database, in memory or in a file: everything the emulator remembers."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

from ddconf.emulator.ids import IdForm
from ddconf.emulator.wire import Document, Json

_SCHEMA = """
CREATE TABLE IF NOT EXISTS object (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    collection TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (collection, id));
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

_PUT = (
    "INSERT INTO object (collection, id, body) VALUES (?, ?, ?) "
    "ON CONFLICT (collection, id) DO UPDATE SET body = excluded.body"
)

Snapshot = tuple[list[tuple[int, str, str, str]], list[tuple[str, str]]]


class Store:
    """Collections of JSON objects in the order of their making, and single named facts (orders, settings).

    Without a path all is kept in memory. A file survives a kill at any moment, and several threads and
    processes may use it at once. With a seed the ids come out the same in every run.
    """

    def __init__(self, path: str | Path | None = None, *, seed: int | None = None) -> None:
        self.random = Random(seed)
        self._lock = threading.RLock()
        self._sql = sqlite3.connect(
            path or ":memory:", isolation_level=None, check_same_thread=False, timeout=30
        )
        if path:
            self._sql.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;")
        if not self._sql.execute("SELECT 1 FROM sqlite_master WHERE name = 'fact'").fetchone():
            self._sql.executescript(_SCHEMA)

    def close(self) -> None:
        self._sql.close()

    @property
    def version(self) -> tuple[int, int]:
        """Another one after every write, of this process or of others."""
        with self._lock:
            (elsewhere,) = self._sql.execute("PRAGMA data_version").fetchone()
            return self._sql.total_changes, elsewhere

    @contextmanager
    def transaction(self, *, writes: bool = True) -> Iterator[None]:
        """One caller at a time; all writes inside take effect together, or none when it raises."""
        with self._lock:
            if not writes:
                yield
                return
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._sql.execute("ROLLBACK")
                raise
            self._sql.execute("COMMIT")

    def get(self, collection: str, id: str | int) -> Document | None:
        with self._lock:
            row = self._sql.execute(
                "SELECT body FROM object WHERE collection = ? AND id = ?", (collection, str(id))
            ).fetchone()
        return json.loads(row[0]) if row else None

    def all(self, collection: str) -> list[Document]:
        with self._lock:
            rows = self._sql.execute(
                "SELECT body FROM object WHERE collection = ? ORDER BY position", (collection,)
            ).fetchall()
        return [json.loads(body) for (body,) in rows]

    def columns(self, collection: str, fields: tuple[str, ...]) -> list[Document]:
        """Only these top fields (two or more) of every object: many times quicker than reading all."""
        paths = ", ".join(f"'$.{field}'" for field in fields)
        with self._lock:
            rows = self._sql.execute(
                f"SELECT json_extract(body, {paths}) FROM object WHERE collection = ? ORDER BY position",
                (collection,),
            ).fetchall()
        return [dict(zip(fields, json.loads(values), strict=True)) for (values,) in rows]

    def holding(self, collection: str, field: str, value: Json) -> list[Document]:
        """Candidates for objects with that value in that field: quick, but nested fields count too."""
        text = f"{json.dumps(field)}:{json.dumps(value)}"
        with self._lock:
            rows = self._sql.execute(
                "SELECT body FROM object WHERE collection = ? AND instr(body, ?)", (collection, text)
            ).fetchall()
        return [json.loads(body) for (body,) in rows]

    def ids(self, collection: str) -> list[str]:
        with self._lock:
            rows = self._sql.execute(
                "SELECT id FROM object WHERE collection = ? ORDER BY position", (collection,)
            ).fetchall()
        return [id for (id,) in rows]

    def put(self, collection: str, id: str | int, document: Document) -> Document:
        """Add, or replace keeping the place in the collection."""
        with self._lock:
            self._sql.execute(_PUT, (collection, str(id), json.dumps(document, separators=(",", ":"))))
        return document

    def add_all(self, collection: str, texts: Iterable[tuple[str, str]]) -> None:
        """Add or replace many at once: ids with documents that are JSON already."""
        with self._lock:
            self._sql.executemany(_PUT, [(collection, id, text) for id, text in texts])

    def delete(self, collection: str, id: str | int) -> bool:
        with self._lock:
            done = self._sql.execute(
                "DELETE FROM object WHERE collection = ? AND id = ?", (collection, str(id))
            )
        return done.rowcount > 0

    def new_id(self, collection: str, form: IdForm) -> str | int:
        """An id of that form which the collection does not have yet."""
        while True:
            id = form(self.random)
            if self.get(collection, id) is None:
                return id

    def fact(self, name: str, default: Json = None) -> Json:
        with self._lock:
            row = self._sql.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else default

    def set_fact(self, name: str, value: Json) -> None:
        with self._lock:
            self._sql.execute("INSERT OR REPLACE INTO fact VALUES (?, ?)", (name, json.dumps(value)))

    def snapshot(self) -> Snapshot:
        """All of it as a value, to compare or to go back to."""
        with self._lock:
            objects = self._sql.execute("SELECT position, collection, id, body FROM object ORDER BY position")
            return objects.fetchall(), self._sql.execute(
                "SELECT name, value FROM fact ORDER BY name"
            ).fetchall()

    def restore(self, snapshot: Snapshot) -> None:
        with self.transaction():
            self._sql.execute("DELETE FROM object")
            self._sql.execute("DELETE FROM fact")
            self._sql.executemany("INSERT INTO object VALUES (?, ?, ?, ?)", snapshot[0])
            self._sql.executemany("INSERT INTO fact VALUES (?, ?)", snapshot[1])

    def reset(self) -> None:
        self.restore(([], []))
