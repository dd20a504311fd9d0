"""Indexes: the first whose filter matches takes a log, unless one of its exclusion filters samples it out.

https://docs.datadoghq.com/logs/log_configuration/indexes/
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.document import Document
from ddconf.living.routing.why import SamplingDecision
from ddconf.pipelines.attributes import text_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import Query, parse_query, reader


@dataclass(frozen=True, slots=True)
class Exclusion:
    """An exclusion filter that is switched on; `rate` is the share of logs that it excludes."""

    name: str
    query: Query
    rate: float
    attribute: str | None = None

    def sample(self, log: Log, number: int) -> SamplingDecision:
        """Decide about a log that the filter matches; the same value is decided alike everywhere.

        Logs without the attribute are not sampled: they are kept.
        """
        if self.attribute is None:
            draw: float | None = share_of(log.trace_id or f"log {number}")
        else:
            value = next(iter(reader(self.attribute)(log)), None)
            draw = None if value is None else share_of(text_of(value))
        return SamplingDecision(self.name, self.rate, draw, draw is not None and draw < self.rate)


@dataclass(frozen=True, slots=True)
class Index:
    """`quota` is the number of logs a day, None for any; `reset` when the day begins, as `14:00+00:00`."""

    name: str
    query: Query
    exclusions: tuple[Exclusion, ...] = ()
    quota: int | None = None
    reset: str = "14:00+00:00"

    def sample(self, log: Log, number: int) -> SamplingDecision | None:
        """What the first matching exclusion filter decides; the rest are not asked."""
        for exclusion in self.exclusions:
            if exclusion.query.matches(log):
                return exclusion.sample(log, number)
        return None


def share_of(value: str) -> float:
    """A number from 0 to 1 that is always the same for a value. Datadog's own hash is not published."""
    return int.from_bytes(hashlib.sha1(value.encode()).digest()[:8]) / 2**64


def first_match(indexes: Sequence[Index], log: Log) -> Index | None:
    return next((index for index in indexes if index.query.matches(log)), None)


def read_index(document: Document) -> Index:
    """From the API's document; raises QueryError for a filter that cannot be read."""
    reset = document.get("daily_limit_reset") or {}
    offset = str(reset.get("reset_utc_offset") or "+00:00")
    return Index(
        str(document["name"]),
        parse_query(str((document.get("filter") or {}).get("query") or "")),
        tuple(_exclusion(item) for item in document.get("exclusion_filters") or [] if item.get("is_enabled")),
        document.get("daily_limit"),
        f"{reset.get('reset_time') or '14:00'}{offset}",
    )


def _exclusion(document: Document) -> Exclusion:
    said = document.get("filter") or {}
    return Exclusion(
        str(document.get("name", "")),
        parse_query(str(said.get("query") or "")),
        float(said.get("sample_rate", 1.0)),
        said.get("sample_attribute") or None,
    )
