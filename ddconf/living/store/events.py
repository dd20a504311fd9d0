"""Events, check runs, hosts and their tags as they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from ddconf.living.events import CheckRun, Event
from ddconf.living.store.database import Database


class EventStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, event: Event) -> int:
        """Keep an event; gives its id."""
        return self._database.run(
            "INSERT INTO event (ts, body) VALUES (?, ?)", (event.timestamp, json.dumps(asdict(event)))
        )

    def find(self, id: int) -> Event | None:
        row = self._database.one("SELECT body FROM event WHERE id = ?", (id,))
        return _event(row[0]) if row else None

    def between(self, start: int, end: int) -> list[tuple[int, Event]]:
        """Events with their ids from `start` to `end`, in seconds, both included, by time."""
        rows = self._database.rows(
            "SELECT id, body FROM event WHERE ts BETWEEN ? AND ? ORDER BY ts, id", (start, end)
        )
        return [(id, _event(body)) for id, body in rows]

    def count(self) -> int:
        row = self._database.one("SELECT count(*) FROM event")
        return int(row[0]) if row else 0


def _event(body: str) -> Event:
    document = json.loads(body)
    return Event(**{**document, "tags": tuple(document["tags"])})


class CheckStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, runs: Iterable[CheckRun]) -> None:
        self._database.run_many(
            "INSERT INTO check_run (name, ts, body) VALUES (?, ?, ?)",
            [(run.check, run.timestamp, json.dumps(asdict(run))) for run in runs],
        )

    def runs(self, name: str, start: int, end: int) -> list[CheckRun]:
        """The runs of a check from `start` to `end`, in seconds, both included, by time."""
        rows = self._database.rows(
            "SELECT body FROM check_run WHERE name = ? AND ts BETWEEN ? AND ? ORDER BY ts, id",
            (name, start, end),
        )
        documents = [json.loads(body) for (body,) in rows]
        return [CheckRun(**{**document, "tags": tuple(document["tags"])}) for document in documents]

    def count(self) -> int:
        row = self._database.one("SELECT count(*) FROM check_run")
        return int(row[0]) if row else 0


class HostStore:
    """Tags of hosts as their Agents say them; logs of the host get them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tags: dict[str, tuple[str, ...]] = {
            name: tuple(json.loads(tags)) for name, tags in database.rows("SELECT name, tags FROM host")
        }

    def put(self, name: str, tags: Iterable[str], now: int) -> None:
        self._tags[name] = tuple(dict.fromkeys(tags))
        self._database.run(
            "INSERT OR REPLACE INTO host VALUES (?, ?, ?)", (name, json.dumps(self._tags[name]), now)
        )

    def tags(self, name: str | None) -> tuple[str, ...]:
        return self._tags.get(name or "", ())

    def all(self) -> dict[str, int]:
        """The last second of each host that told its tags."""
        return dict(self._database.rows("SELECT name, seen FROM host ORDER BY name"))

    def forget(self) -> None:
        """After the database was cleared."""
        self._tags.clear()
