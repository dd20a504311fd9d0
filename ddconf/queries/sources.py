"""What each type of monitor may ask: the heads of its queries, their methods, its windows.

https://docs.datadoghq.com/api/latest/monitors/#create-a-monitor
"""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.queries.windows import Duration

MINUTE, HOUR, DAY = 60, 3600, 86_400
AGGREGATIONS = (
    "count",
    "cardinality",
    "avg",
    "sum",
    "min",
    "max",
    "median",
    "pc75",
    "pc90",
    "pc95",
    "pc98",
    "pc99",
)
METRIC_TYPES = ("metric alert", "query alert")


@dataclass(frozen=True, slots=True)
class EventType:
    """A type whose queries search events; windows are in seconds."""

    heads: tuple[str, ...]
    methods: tuple[str, ...] = ("rollup", "by", "last")
    longest: int = 48 * HOUR
    quotes: str = '"'
    most_groups: int = 4


_PLAIN = ("rollup", "by", "last")
_ERRORS = ("source", "new", "impact", *_PLAIN)
ERROR_SOURCES = ("all", "browser", "mobile", "backend")

EVENT_TYPES: dict[str, EventType] = {
    "log alert": EventType(("logs",), ("index", *_PLAIN)),
    "event-v2 alert": EventType(("events",)),
    "event alert": EventType(("events",), quotes="\"'"),
    "audit alert": EventType(("audits",)),
    "rum alert": EventType(("rum",)),
    "trace-analytics alert": EventType(("trace-analytics",)),
    "ci-pipelines alert": EventType(("ci-pipelines",)),
    "ci-tests alert": EventType(("ci-tests",)),
    "error-tracking alert": EventType(
        ("error-tracking", "error-tracking-rum", "error-tracking-traces", "error-tracking-logs"), _ERRORS
    ),
    "database-monitoring alert": EventType(("database-monitoring",), most_groups=5),
    "network-performance alert": EventType(("network-performance",)),
    "network-path alert": EventType(("network-path",), ("index", *_PLAIN)),
    "llm-observability alert": EventType(("llm-observability",)),
    "process alert": EventType(("processes",), ("over", *_PLAIN), quotes="\"'"),
}

FORMULA_WINDOWS: dict[str, int] = {
    "metric alert": 730 * HOUR,
    "query alert": 730 * HOUR,
    "cost alert": 366 * DAY,
    "data-quality alert": 31 * DAY,
    "data-jobs alert": 31 * DAY,
    "datadog-usage alert": 366 * DAY,
}
"""Types with formulas beside those of events, and their longest window."""

FORMULA_METHODS: dict[str, tuple[str, ...]] = {
    "cost alert": ("rollup", "by", "last", "current", "change", "anomaly", "forecast"),
}
PLAIN_FORMULA_METHODS = ("rollup", "by", "last")

MONITOR_TYPES = (
    *METRIC_TYPES,
    *EVENT_TYPES,
    *(type for type in FORMULA_WINDOWS if type not in METRIC_TYPES),
    "composite",
    "service check",
    "synthetics alert",
    "slo alert",
)

SLO_TIMEFRAMES = ("7d", "30d", "90d")


def longest_window(type: str) -> int:
    """Seconds of the longest window of a formula."""
    return FORMULA_WINDOWS.get(type, 48 * HOUR)


def in_words(seconds: int) -> str:
    """`48h`, `31d`: a limit as people write it."""
    for unit, size in (("d", DAY), ("h", HOUR), ("m", MINUTE)):
        if seconds % size == 0 and (unit != "d" or seconds > 2 * DAY):
            return str(Duration(seconds // size, unit))
    return f"{seconds}s"
