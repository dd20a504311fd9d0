"""Logs as they are kept: where they are, why, and how the indexed ones are found again."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ddconf.document import JSON
from ddconf.living.store.database import Database
from ddconf.living.store.log_ids import log_id, read_log_id
from ddconf.pipelines.log import Log

# One encoder for all: `json.dumps` with settings of its own makes one for each call. Logs hold no circles.
_ENCODE = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False, check_circular=False).encode
_AT_ONCE = 1000  # rows read in one go
_KEPT_IN_MEMORY = 20_000  # logs, some 150 MB


@dataclass(frozen=True, slots=True)
class StoredLog:
    """A log with its number in the order of arrival."""

    number: int
    log: Log

    @property
    def moment(self) -> int:
        """Milliseconds since the epoch."""
        return self.log.timestamp or 0

    @property
    def id(self) -> str:
        return log_id(self.moment, self.number)


@dataclass(frozen=True, slots=True)
class NewLog:
    """A log to be kept: `place` is the index it can be searched in, `archive` where it is to be written."""

    number: int
    log: Log
    place: str | None
    archive: str | None
    why: dict[str, JSON]


class LogStore:
    """The newest logs are also kept as objects, so that most searches read no JSON."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._recent: OrderedDict[int, Log] = OrderedDict()
        self._last = self._last_number()
        self._first_recent = self._last + 1

    def _last_number(self) -> int:
        row = self._database.one("SELECT max(number) FROM log")
        said = self._database.one("SELECT value FROM fact WHERE name = 'last log'")
        return max(int((row and row[0]) or 0), int(said[0]) if said else 0)

    def reserve(self, count: int) -> int:
        """The first of so many numbers that no other log will have."""
        with self._database.transaction():
            first = self._last + 1
            self._last += count
        return first

    def add(self, logs: Sequence[NewLog], arrived: int) -> None:
        self._database.run_many(
            "INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    new.number,
                    new.log.timestamp,
                    arrived,
                    new.place,
                    new.archive,
                    _text(new.log),
                    _compact(new.why),
                )
                for new in logs
            ],
        )
        for new in logs:
            self._recent[new.number] = new.log
        while len(self._recent) > _KEPT_IN_MEMORY:
            self._recent.popitem(last=False)
        self._first_recent = next(iter(self._recent), self._first_recent)

    def between(
        self,
        start: int,
        end: int,
        *,
        places: Sequence[str] = (),
        newest_first: bool = False,
        after: tuple[int, int] | None = None,
    ) -> Iterator[StoredLog]:
        """Indexed logs from `start` to `end` in milliseconds, both included, by time.

        Only of some `places` if any are named; only behind `after`, a time and a number, in that direction.
        """
        inside = f"place IN ({','.join('?' * len(places))})" if places else "1"
        way, sign = ("DESC", "<") if newest_first else ("ASC", ">")
        position = after
        while True:
            behind = f"AND (ts, number) {sign} (?, ?)" if position else ""
            # Those that are in memory need no text; the ring holds the highest numbers.
            rows = self._database.rows(
                f"SELECT number, ts, CASE WHEN number < ? THEN body END FROM log "
                f"WHERE place IS NOT NULL AND {inside} AND ts BETWEEN ? AND ? {behind} "
                f"ORDER BY ts {way}, number {way} LIMIT {_AT_ONCE}",
                [self._first_recent, *places, start, end, *(position or ())],
            )
            for number, _, body in rows:
                log = _read(body) if body else self._recent.get(number)
                if log is not None or (log := self._one(number)) is not None:
                    yield StoredLog(number, log)
            if len(rows) < _AT_ONCE:
                return
            position = (rows[-1][1], rows[-1][0])

    def _one(self, number: int) -> Log | None:
        """A log that has just left the ring."""
        row = self._database.one("SELECT body FROM log WHERE number = ?", (number,))
        return _read(row[0]) if row else None

    def find(self, id: str) -> tuple[StoredLog, str | None, dict[str, JSON]] | None:
        """A log by its id, indexed or not, with its place and the why of it."""
        found = read_log_id(id)
        row = found and self._database.one("SELECT body, place, why FROM log WHERE number = ?", (found[1],))
        if not found or not row:
            return None
        stored = StoredLog(found[1], _read(row[0]))
        return (stored, row[1], json.loads(row[2])) if stored.moment == found[0] else None

    def newest(self, count: int) -> list[tuple[StoredLog, str | None, dict[str, JSON]]]:
        """The logs that arrived last, indexed or not, newest first."""
        rows = self._database.rows(
            "SELECT number, body, place, why FROM log ORDER BY number DESC LIMIT ?", (count,)
        )
        return [(StoredLog(number, _read(body)), place, json.loads(why)) for number, body, place, why in rows]

    def to_archive(self) -> Iterator[tuple[str, StoredLog]]:
        """Logs that are not written into their archive yet, with its id, in the order of arrival."""
        for number, archive, body in self._database.rows(
            "SELECT number, archive, body FROM log WHERE archive IS NOT NULL ORDER BY number"
        ):
            yield archive, StoredLog(number, _read(body))

    def archived(self, numbers: Iterable[int]) -> None:
        """Note that these logs are in their archives."""
        self._database.run_many(
            "UPDATE log SET archive = NULL WHERE number = ?", [(number,) for number in numbers]
        )

    def counts(self) -> dict[str, int]:
        """Logs by index; under `` those that can not be searched."""
        return dict(self._database.rows("SELECT coalesce(place, ''), count(*) FROM log GROUP BY 1"))

    def trim(self, most: int, oldest: int) -> None:
        """Forget the oldest logs: what is more than `most`, and what arrived before `oldest` (ms)."""
        with self._database.transaction():
            self._database.run("INSERT OR REPLACE INTO fact VALUES ('last log', ?)", (str(self._last),))
            row = self._database.one("SELECT number FROM log ORDER BY number DESC LIMIT 1 OFFSET ?", (most,))
            self._database.run(
                "DELETE FROM log WHERE archive IS NULL AND (number <= ? OR arrived < ?)",
                (row[0] if row else -1, oldest),
            )

    def forget(self) -> None:
        """After the database was cleared."""
        self._recent.clear()
        self._last, self._first_recent = 0, 1

    def count_quota(self, place: str, day: str) -> int:
        """Logs that an index has taken on a day."""
        row = self._database.one("SELECT number FROM quota WHERE place = ? AND day = ?", (place, day))
        return int(row[0]) if row else 0

    def add_quota(self, place: str, day: str, count: int) -> None:
        self._database.run(
            "INSERT INTO quota VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET number = number + excluded.number",
            (place, day, count),
        )


def _text(log: Log) -> str:
    document: dict[str, JSON] = {"message": log.message, "attributes": log.attributes, "tags": list(log.tags)}
    for name in ("status", "service", "source", "host", "timestamp", "trace_id", "span_id"):
        if (value := getattr(log, name)) is not None:
            document[name] = value
    return _compact(document)


def _read(text: str) -> Log:
    """What `_text` wrote; nobody else has the values, so that nothing needs to be copied."""
    document = json.loads(text)
    document["tags"] = tuple(document["tags"])
    return Log(**document)


def _compact(document: dict[str, JSON]) -> str:
    return _ENCODE(document)
