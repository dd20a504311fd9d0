"""A widget's query of logs as a value, read from both forms that dashboards have: `queries` and `log_query`.

https://docs.datadoghq.com/dashboards/graphing_json/request_json/
"""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.analytics.aggregations import COUNT, KNOWN
from ddconf.document import JSON, Document

_GROUPS = 10
"""Groups that are shown where a query does not say how many."""


class UncomputableQuery(Exception):
    """Why a query or a formula cannot be computed from logs."""


@dataclass(frozen=True, slots=True)
class Compute:
    """An aggregation of a measure; without one, of the logs themselves. `interval` is in milliseconds."""

    aggregation: str = COUNT
    metric: str | None = None
    interval: int | None = None


@dataclass(frozen=True, slots=True)
class GroupBy:
    """One level of groups: the `limit` combinations of values that come first by `sort`."""

    facets: tuple[str, ...]
    limit: int = _GROUPS
    sort: Compute = Compute()
    descending: bool = True


@dataclass(frozen=True, slots=True)
class LogQuery:
    name: str
    search: str
    compute: Compute
    group_by: tuple[GroupBy, ...] = ()

    @property
    def facets(self) -> tuple[str, ...]:
        return tuple(facet for level in self.group_by for facet in level.facets)


def read_query(document: Document) -> LogQuery:
    """From an item of `queries`; raises Uncomputable for what asks for other things than logs."""
    if document.get("data_source") != "logs":
        raise UncomputableQuery(f"asks for {document.get('data_source') or 'something else'}, not for logs")
    return _query(document, str(document.get("name", "")))


def read_log_query(document: Document) -> LogQuery:
    """From the older `log_query`, which is the whole request and so has no name of its own."""
    return _query(
        {**document, "compute": document.get("compute") or _first(document.get("multi_compute"))}, ""
    )


def _query(document: Document, name: str) -> LogQuery:
    compute = _compute(document.get("compute"))
    groups = document.get("group_by") or []
    listed = groups if isinstance(groups, list) else [groups]
    search = document.get("search") or {}
    return LogQuery(
        name,
        str(search.get("query") or "*"),
        compute,
        tuple(_group_by(item, compute) for item in listed),
    )


def _compute(document: JSON) -> Compute:
    if not isinstance(document, dict):
        return Compute()
    aggregation = document.get("aggregation", COUNT)
    if aggregation not in KNOWN:
        raise UncomputableQuery(f"no aggregation {aggregation}")
    metric = document.get("metric") or document.get("facet")
    interval = document.get("interval")
    return Compute(aggregation, metric, int(interval) if interval else None)


def _group_by(document: Document, compute: Compute) -> GroupBy:
    sort = document.get("sort") or {}
    facets = document.get("fields") or [document.get("facet", "")]
    by = _compute(sort) if sort.get("aggregation") else compute
    return GroupBy(
        tuple(str(facet) for facet in facets),
        int(document.get("limit") or _GROUPS),
        by,
        sort.get("order", "desc") != "asc",
    )


def _first(items: JSON) -> JSON:
    return items[0] if isinstance(items, list) and items else None
