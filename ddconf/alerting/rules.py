"""What decides the statuses of a monitor's groups, read from its options."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from ddconf.alerting.missing import MissingData
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.windows import DAY
from ddconf.document import JSON

_NEW_GROUP, _NEW_HOST = 60, 300
_UNITS = {"m": 60, "h": 3600, "d": DAY}
_HOSTS = ("host",)


@dataclass(frozen=True, slots=True)
class StatusRules:
    """Of one monitor; times are in seconds."""

    thresholds: Thresholds | None
    """None where statuses come from elsewhere: service checks, composites."""
    missing: MissingData = field(default_factory=MissingData)
    new_group_delay: float = 0
    retention: float = DAY
    each_alone: bool = False
    """With a custom schedule, every evaluation that is not OK notifies, whatever was before."""


def new_group_delay(options: Mapping[str, JSON], groups: Collection[str]) -> float:
    """https://docs.datadoghq.com/monitors/configuration/#new-group-delay"""
    if not groups:
        return 0
    if options.get("new_group_delay") is not None:
        return float(options["new_group_delay"])
    if options.get("new_host_delay") is not None and set(groups) <= set(_HOSTS):
        return float(options["new_host_delay"])
    return _NEW_GROUP


def retention(options: Mapping[str, JSON], kind: str, groups: Collection[str]) -> float:
    """Seconds after which a group without data is forgotten: a day, two for hosts and service checks.

    https://docs.datadoghq.com/monitors/guide/troubleshooting-no-data/
    """
    match = re.fullmatch(r"(\d+)([mhd])", str(options.get("group_retention_duration") or ""))
    if match:
        return int(match[1]) * _UNITS[match[2]]
    return 2 * DAY if kind == "service check" or set(groups) & set(_HOSTS) else DAY
