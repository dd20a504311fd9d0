"""Downtimes: what they cover and what they silence.

https://docs.datadoghq.com/monitors/downtimes/
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from ddconf.alerting.status import Status
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import Query, parse_query

_END_STATES = {"alert": Status.ALERT, "warn": Status.WARN, "no data": Status.NO_DATA}


@dataclass(frozen=True, slots=True)
class Downtime:
    """`start` and `end` are epoch seconds; without an end it never expires.

    `end_types` and `end_states` say which ends are told, and of groups in which status.
    """

    scope: str = "*"
    start: float = float("-inf")
    end: float = float("inf")
    cancelled: float | None = None
    mute_first_recovery: bool = False
    end_types: tuple[str, ...] = ("expired",)
    end_states: tuple[str, ...] = ("alert", "warn", "no data")

    @property
    def over(self) -> float:
        return self.end if self.cancelled is None else min(self.end, self.cancelled)

    def covers(self, tags: Sequence[str], at: float) -> bool:
        return self.start <= at < self.over and is_in_scope(self.scope, tags)

    def tells(self, status: Status) -> bool:
        """Is the end told of a group with this status?"""
        how = "expired" if self.cancelled is None or self.cancelled >= self.end else "canceled"
        return how in self.end_types and status in {_END_STATES[name] for name in self.end_states}


def is_in_scope(scope: str, tags: Sequence[str]) -> bool:
    """Does a downtime of this scope mute a group with these tags? A missing tag does not match."""
    return _matcher(scope)(tuple(tags))


@cache
def _matcher(scope: str) -> Callable[[tuple[str, ...]], bool]:
    query: Query = parse_query(scope.replace(",", " AND "))
    return lambda tags: query.matches(_as_log(tags))


def _as_log(tags: tuple[str, ...]) -> Log:
    """A log of these tags; some of them a search looks for among the reserved fields."""
    values = {key: value for key, _, value in (tag.partition(":") for tag in tags)}
    return Log(
        tags=tags,
        service=values.get("service"),
        host=values.get("host"),
        source=values.get("source"),
        status=values.get("status"),
    )
