"""Searches of logs: a filter as the API tells it -> the stored logs that match, by time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ddconf.document import JSON, Document
from ddconf.emulator.wire import texts
from ddconf.errors import DdconfError
from ddconf.living.queries.times import iso, read_time
from ddconf.living.sandbox import Sandbox
from ddconf.living.store.logs import StoredLog
from ddconf.pipelines.query import Query, parse_query


@dataclass(frozen=True, slots=True)
class Search:
    """From `start` to `end` in milliseconds, both included; in all indexes if none is named."""

    query: Query
    start: int
    end: int
    indexes: tuple[str, ...] = ()

    def logs(
        self, sandbox: Sandbox, *, newest_first: bool = False, after: tuple[int, int] | None = None
    ) -> Iterator[StoredLog]:
        """The logs that match, read as they are asked for."""
        found = sandbox.logs.between(
            self.start, self.end, places=self.indexes, newest_first=newest_first, after=after
        )
        return (stored for stored in found if self.query.matches(stored.log))


def read_search(said: Document, now: datetime) -> Search:
    """From `{"query", "from", "to", "indexes"}`; raises a Refusal (400) for what cannot be read."""
    named = [str(name) for name in said.get("indexes") or [] if name != "*"]
    return Search(
        read_query(str(said.get("query") or "*")),
        read_time(said.get("from") or "now-15m", now),
        read_time(said.get("to") or "now", now),
        tuple(named),
    )


def read_query(text: str) -> Query:
    """Raises a Refusal (400) for a malformed query."""
    try:
        return parse_query(text)
    except DdconfError as error:
        raise texts(400, f"Query parsing error: {error}") from None


def show(stored: StoredLog) -> Document:
    """A log as searches of version 2 answer it; what it does not have is left out."""
    return {"id": stored.id, "type": "log", "attributes": _content(stored) | {"status": stored.log.status}}


def show_v1(stored: StoredLog) -> Document:
    """A log as searches of version 1 answer it."""
    return {"id": stored.id, "content": _content(stored)}


def _content(stored: StoredLog) -> Document:
    log = stored.log
    said: dict[str, JSON] = {
        "timestamp": iso(stored.moment),
        "service": log.service,
        "host": log.host,
        "message": log.message,
        "tags": shown_tags(log.source, log.tags),
        "attributes": log.attributes or None,
    }
    return {key: value for key, value in said.items() if value is not None}


def shown_tags(source: str | None, tags: Sequence[str]) -> list[str]:
    """The source stands before the tags, even if one of them says the same."""
    return ([f"source:{source}"] if source else []) + list(tags)
