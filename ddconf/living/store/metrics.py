"""Series and their points: a second point of the same second replaces the first, or adds to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ddconf.living.series import Kind, MetricSeries
from ddconf.living.sketch import Sketch
from ddconf.living.store.database import Database

Point = tuple[int, float | Sketch]


@dataclass(frozen=True, slots=True)
class StoredSeries:
    """What is known of a series without its points; `tags` include the host's `host:name`."""

    id: int
    name: str
    kind: Kind
    host: str
    tags: tuple[str, ...]
    interval: int
    unit: str


class MetricStore:
    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, listed: Iterable[MetricSeries], *, adds: bool = False) -> None:
        """Keep points; with `adds`, counts and sketches are added to those of the same second."""
        with self._database.transaction():
            for series in listed:
                if series.points:
                    self._put(series, adds)

    def _put(self, series: MetricSeries, adds: bool) -> None:
        key = (series.name, series.host, "\n".join(series.tags))
        seen = max(moment for moment, _ in series.points)
        self._database.run(
            "INSERT INTO series (name, kind, host, tags, interval, unit, seen) VALUES (?, ?, ?, ?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET kind = excluded.kind, seen = max(seen, excluded.seen), "
            "interval = max(interval, excluded.interval), unit = excluded.unit",
            (key[0], series.kind, key[1], key[2], series.interval, series.unit, seen),
        )
        row = self._database.one("SELECT id FROM series WHERE name = ? AND host = ? AND tags = ?", key)
        id = row[0] if row else 0
        for moment, value in series.points:
            self._put_point(id, moment, value, adds)

    def _put_point(self, id: int, moment: int, value: float | Sketch, adds: bool) -> None:
        if isinstance(value, Sketch):
            before = self._database.one("SELECT sketch FROM point WHERE series = ? AND ts = ?", (id, moment))
            if adds and before and before[0]:
                value = Sketch.from_text(before[0]) + value
            self._database.run(
                "INSERT OR REPLACE INTO point VALUES (?, ?, NULL, ?)", (id, moment, value.as_text())
            )
            return
        change = "value + excluded.value" if adds else "excluded.value"
        self._database.run(
            f"INSERT INTO point VALUES (?, ?, ?, NULL) ON CONFLICT DO UPDATE SET value = {change}",
            (id, moment, value),
        )

    def series(self, name: str) -> list[StoredSeries]:
        """Every series of a metric."""
        rows = self._database.rows(
            "SELECT id, name, kind, host, tags, interval, unit FROM series "
            "WHERE name = ? ORDER BY host, tags",
            (name,),
        )
        return [_stored(*row) for row in rows]

    def points(
        self, series: Sequence[StoredSeries], start: int, end: int
    ) -> Iterator[tuple[StoredSeries, list[Point]]]:
        """The points of each series from `start` to before `end`, in seconds, by time."""
        for one in series:
            rows = self._database.rows(
                "SELECT ts, value, sketch FROM point WHERE series = ? AND ts >= ? AND ts < ? ORDER BY ts",
                (one.id, start, end),
            )
            yield one, [(ts, Sketch.from_text(text) if text else value) for ts, value, text in rows]

    def names(self, since: int = 0, host: str = "") -> list[str]:
        """Metrics with a point since that second, of one host if it is named."""
        rows = self._database.rows(
            "SELECT DISTINCT name FROM series WHERE seen >= ? AND (? = '' OR host = ?) ORDER BY name",
            (since, host, host),
        )
        return [name for (name,) in rows]

    def hosts(self) -> dict[str, int]:
        """The last second of each host that sent metrics."""
        return dict(self._database.rows("SELECT host, max(seen) FROM series WHERE host <> '' GROUP BY host"))

    def count(self) -> int:
        """The number of series."""
        row = self._database.one("SELECT count(*) FROM series")
        return int(row[0]) if row else 0

    def trim(self, oldest: int) -> None:
        """Forget points before that second, and series that have none."""
        with self._database.transaction():
            self._database.run("DELETE FROM point WHERE ts < ?", (oldest,))
            self._database.run("DELETE FROM series WHERE seen < ?", (oldest,))


def _stored(id: int, name: str, kind: Kind, host: str, tags: str, interval: int, unit: str) -> StoredSeries:
    listed = [tag for tag in tags.split("\n") if tag] + ([f"host:{host}"] if host else [])
    return StoredSeries(id, name, kind, host, tuple(sorted(listed)), interval, unit)
