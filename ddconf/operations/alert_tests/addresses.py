"""Whose tests are run by the alerting engine, told without loading it."""

from __future__ import annotations

MONITOR, OBJECTIVE = "monitor", "service_level_objective"


def is_alert_address(address: str) -> bool:
    """Is it that of a monitor or an SLO?"""
    return address.partition(".")[0] in (MONITOR, OBJECTIVE)
