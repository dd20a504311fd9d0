"""Windows and rollups of monitors' queries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ddconf.address import Address
from ddconf.queries.monitor import MonitorBody
from ddconf.queries.monitors import EventAlert, FormulaAlert, MetricAlert
from ddconf.queries.tree import Number, all_series

if TYPE_CHECKING:
    from ddconf.lint.facts import Facts


@dataclass(frozen=True, slots=True)
class Rollup:
    """`.rollup(sum, 300)` and where it stands in the query."""

    seconds: float
    start: int
    length: int


def rollups(facts: Facts) -> Iterator[tuple[Address, int, Rollup]]:
    """Every rollup in seconds of a monitor of metrics, with the seconds of its window."""
    for address, monitor in facts.monitors.items():
        query = monitor.query
        if not isinstance(query, MetricAlert) or query.window.relation == "next":
            continue
        for series in all_series(query.expression):
            method = series.method("rollup")
            for argument in method.arguments if method else ():
                if method and isinstance(argument, Number):
                    start, end = method.span
                    yield address, query.window.seconds, Rollup(argument.value, start, end - start)


def window_of(monitor: MonitorBody) -> int:
    """Seconds that a monitor looks back; 0 where it has no window."""
    match monitor.query:
        case MetricAlert(window=window):
            return window.seconds
        case EventAlert() | FormulaAlert():
            found = monitor.query.window
            return found.seconds if found else 0
    return 0
