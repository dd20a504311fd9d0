"""The columns of a request as rows of a table, in the order that the request asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ddconf.analytics.frame import Group
from ddconf.analytics.request import Column
from ddconf.document import JSON, Document

_ROWS = 500


@dataclass(frozen=True, slots=True)
class RankedGroup:
    """One group and its number in each column."""

    group: Group
    numbers: tuple[float | None, ...]


def ranked(columns: Sequence[Column], sort: JSON = None) -> list[RankedGroup]:
    """Every group of any column; by the first column where `sort` says nothing, best first."""
    scalars = [column.frame.scalars for column in columns]
    groups = dict.fromkeys(group for numbers in scalars for group in numbers)
    rows = [RankedGroup(group, tuple(numbers.get(group) for numbers in scalars)) for group in groups]
    wanted = sort if isinstance(sort, dict) else {}
    facets = next((column.frame.facets for column in columns if column.frame.facets), ())
    for order in reversed(wanted.get("order_by") or [{"type": "formula", "index": 0}]):
        rows = _sorted(rows, order, facets)
    return rows[: int(wanted.get("count") or _ROWS)]


def _sorted(rows: list[RankedGroup], order: Document, facets: Sequence[str]) -> list[RankedGroup]:
    descending = order.get("order", "desc") == "desc"
    if order.get("type") == "group" and order.get("name") in facets:
        place = facets.index(order["name"])
        return sorted(rows, key=lambda row: row.group[place], reverse=descending)
    index, sign = int(order.get("index") or 0), -1 if descending else 1

    def key(row: RankedGroup) -> tuple[bool, float]:
        number = row.numbers[index] if index < len(row.numbers) else None
        return number is None, sign * (number or 0)

    return sorted(rows, key=key)
