"""Events and check runs: what happened, and what a check of a service said.

https://docs.datadoghq.com/events/ https://docs.datadoghq.com/developers/service_checks/
"""

from __future__ import annotations

from dataclasses import dataclass

OK, WARNING, CRITICAL, UNKNOWN = range(4)


@dataclass(frozen=True, slots=True)
class Event:
    """`timestamp` is in seconds since the epoch, `alert_type` one of error, warning, info, success."""

    title: str
    text: str = ""
    timestamp: int = 0
    tags: tuple[str, ...] = ()
    host: str = ""
    alert_type: str = "info"
    priority: str = "normal"
    source: str = "api"
    aggregation_key: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class CheckRun:
    """`status` is OK, WARNING, CRITICAL or UNKNOWN."""

    check: str
    status: int
    timestamp: int
    tags: tuple[str, ...] = ()
    host: str = ""
    message: str = ""
