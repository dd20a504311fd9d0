"""Compute a query over logs: which logs, in which groups, and the numbers of each group by bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product

from ddconf.analytics.aggregations import CARDINALITY, COUNT, aggregate
from ddconf.analytics.frame import Frame, Group, Row
from ddconf.analytics.query import Compute, GroupBy, LogQuery
from ddconf.analytics.window import TimeFrame
from ddconf.document import JSON
from ddconf.pipelines.attributes import ABSENT, find, split, text_of
from ddconf.pipelines.log import Log
from ddconf.pipelines.query import reader

_SINGLE = (str, int, float, bool)


def compute(query: LogQuery, logs: Iterable[Log], window: TimeFrame) -> Frame:
    """The frame of a query over logs that its search has found already."""
    inside = [log for log in logs if window.bucket(log) is not None]
    rows = {group: _row(query.compute, members, window) for group, members in _groups(query.group_by, inside)}
    return Frame(query.facets, rows)


def values(log: Log, facet: str | None) -> list[JSON]:
    """What a log has of a facet or measure, each value once; without one, the log itself counts."""
    if facet is None:
        return [True]
    return column(facet)(log)


@lru_cache(maxsize=1024)
def column(facet: str) -> Callable[[Log], list[JSON]]:
    """What reads a facet or measure of a log, made once for many logs."""
    read = reader(facet)
    path = split(facet[1:]) if facet.startswith("@") else ()

    def distinct(log: Log) -> list[JSON]:
        found = list(read(log))
        return found if len(found) < 2 else list({text_of(value): value for value in found}.values())

    def attribute(log: Log) -> list[JSON]:
        value = find(log.attributes, path)
        if value is ABSENT:
            return []
        return [value] if value.__class__ in _SINGLE else distinct(log)  # most are plain values

    return attribute if path else distinct


def _groups(levels: Sequence[GroupBy], logs: Sequence[Log]) -> Iterator[tuple[Group, Sequence[Log]]]:
    """The groups of the first level, each divided by the next; logs without a value are in no group.

    A limit counts within the group above, as "top 10 of A, then top 5 of B in each".
    """
    if not levels:
        yield (), logs
        return
    level, *below = levels
    for group, members in _best(level, _divided(level.facets, logs)):
        for rest, inner in _groups(below, members):
            yield group + rest, inner


def _divided(facets: Sequence[str], logs: Sequence[Log]) -> dict[Group, list[Log]]:
    """The logs by their values; a log with several values is in several groups."""
    columns = [column(facet) for facet in facets]
    found: dict[Group, list[Log]] = {}
    for log in logs:
        for group in product(*([text_of(value) for value in read(log)] for read in columns)):
            found.setdefault(group, []).append(log)
    return found


def _best(level: GroupBy, divided: dict[Group, list[Log]]) -> list[tuple[Group, list[Log]]]:
    """The groups that come first; of equal ones the name decides, and those without a number come last."""
    sign = -1 if level.descending else 1

    def rank(item: tuple[Group, list[Log]]) -> tuple[bool, float, Group]:
        number = _number(level.sort, item[1])
        return number is None, sign * (number or 0), item[0]

    return sorted(divided.items(), key=rank)[: level.limit]


def _row(what: Compute, logs: Sequence[Log], window: TimeFrame) -> Row:
    """The numbers of one group; a bucket without logs counts zero, and has no sum or average."""
    buckets: list[list[Log]] = [[] for _ in window.starts]
    for log in logs:
        number = window.bucket(log)
        if number is not None:
            buckets[number].append(log)
    return tuple(_number(what, bucket) for bucket in buckets)


def _number(what: Compute, logs: Sequence[Log]) -> float | None:
    if what.aggregation == COUNT and what.metric is None:
        return len(logs)
    if what.metric is None:
        found: list[JSON] = [True] * len(logs)
    else:
        read = column(what.metric)
        found = [value for log in logs for value in read(log)]
    if not logs and what.aggregation not in (COUNT, CARDINALITY):
        return None
    return aggregate(what.aggregation, found)
