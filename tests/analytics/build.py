"""Small logs for the tests of analytics, and the same in a table of SQLite, which computes independently."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from ddconf.analytics.request import SearchedLogs
from ddconf.analytics.window import TimeFrame
from ddconf.pipelines.log import Log

START = 1_795_410_000_000
MINUTE = 60_000
WINDOW = TimeFrame(START, START + 10 * MINUTE, MINUTE)


def log(minute: float = 0, **attributes: Any) -> Log:
    """A log so many minutes into the window."""
    return Log(attributes=attributes, timestamp=START + round(minute * MINUTE), source="shop")


def store(*logs: Log) -> SearchedLogs:
    return SearchedLogs(logs, WINDOW)


def query(aggregation: str = "count", metric: str | None = None, *facets: str, **more: Any) -> dict[str, Any]:
    """An item of a request's `queries`."""
    compute = {"aggregation": aggregation, **({"metric": metric} if metric else {})}
    groups = [{"facet": facet, "limit": 10, "sort": compute | {"order": "desc"}} for facet in facets]
    document = {"data_source": "logs", "name": "query1", "search": {"query": "*"}, "compute": compute}
    return document | {"group_by": groups} | more


def request(*queries: dict[str, Any], formulas: Sequence[str] = ("query1",)) -> dict[str, Any]:
    return {"queries": list(queries), "formulas": [{"formula": formula} for formula in formulas]}


def table(logs: Sequence[Log]) -> sqlite3.Connection:
    """The logs as rows of `logs`: minute, client, port, bytes."""
    database = sqlite3.connect(":memory:")
    database.execute("create table logs (minute integer, client text, port text, bytes real)")
    database.executemany(
        "insert into logs values (?, ?, ?, ?)",
        [
            (
                (entry.timestamp - START) // MINUTE,
                entry.attributes.get("client"),
                entry.attributes.get("port"),
                entry.attributes.get("bytes"),
            )
            for entry in logs
            if entry.timestamp is not None
        ],
    )
    return database
