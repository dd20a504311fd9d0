"""Counts and statistics over logs, by groups and by time: the buckets of an aggregation.

https://docs.datadoghq.com/api/latest/logs/#aggregate-events
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ddconf.emulator.log_search import values_at
from ddconf.emulator.wire import Document, texts

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
_STATISTICS: dict[str, Callable[[list[float]], float]] = {
    "sum": sum,
    "min": min,
    "max": max,
    "avg": lambda values: sum(values) / len(values),
    "median": lambda values: _percentile(values, 50),
}


def buckets(logs: list[Document], computes: list[Document], groups: list[Document]) -> list[Document]:
    """One bucket for each combination of the groups' values, with `c0`, `c1` ... as computed."""
    facets = [group["facet"] for group in groups]
    found: dict[tuple[Any, ...], list[Document]] = {}
    for log in logs:
        key = tuple(next(iter(values(log, facet)), None) for facet in facets)
        if None not in key:
            found.setdefault(key, []).append(log)
    return [
        {
            "by": dict(zip(facets, key, strict=True)),
            "computes": {f"c{place}": _computed(members, compute) for place, compute in enumerate(computes)},
        }
        for key, members in found.items()
    ]


def values(log: Document, field: str) -> list[Any]:
    """A measure or facet of a log: an attribute, a field of its own, or a tag."""
    if field.startswith("@"):
        return values_at(log.get("attributes", {}), field[1:])
    if field in log:
        return [log[field]]
    return [tag.partition(":")[2] for tag in log.get("tags", []) if tag.partition(":")[0] == field]


def _computed(logs: list[Document], compute: Document) -> Any:
    if compute.get("type") != "timeseries":
        return _statistic(logs, compute)
    step = _seconds(compute.get("interval", "1m"))
    by_time: dict[int, list[Document]] = {}
    for log in logs:
        moment = datetime.fromisoformat(log["timestamp"]).timestamp()
        by_time.setdefault(int(moment // step * step), []).append(log)
    return [
        {
            "time": datetime.fromtimestamp(start, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "value": _statistic(members, compute),
        }
        for start, members in sorted(by_time.items())
    ]


def _seconds(interval: str) -> int:
    return int(interval[:-1]) * _SECONDS[interval[-1]]


def _statistic(logs: list[Document], compute: Document) -> float:
    name = compute["aggregation"]
    if name == "count":
        return len(logs)
    found = [value for log in logs for value in values(log, compute.get("metric", ""))]
    if name == "cardinality":
        return len({str(value) for value in found})
    numbers = [float(value) for value in found if isinstance(value, int | float)]
    if name.startswith("pc") and name[2:].isdigit():
        return _percentile(numbers, int(name[2:])) if numbers else 0.0
    if name not in _STATISTICS:
        raise texts(400, f"Invalid aggregation: {name}")
    return _STATISTICS[name](numbers) if numbers else 0.0


def _percentile(numbers: list[float], rank: int) -> float:
    return sorted(numbers)[max(0, math.ceil(len(numbers) * rank / 100) - 1)]
