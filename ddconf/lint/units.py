"""Units of measures and of numbers on dashboards. https://docs.datadoghq.com/metrics/units/"""

from __future__ import annotations

_FAMILIES = {
    "bytes": "bit byte kibibyte mebibyte gibibyte tebibyte pebibyte exbibyte",
    "time": "nanosecond microsecond millisecond second minute hour day week",
    "percentage": "percent_nano percent apdex fraction",
    "network": "connection request packet segment response message payload datagram session hop",
}
_FAMILY = {unit: family for family, units in _FAMILIES.items() for unit in units.split()}


def family(unit: str) -> str:
    """What a unit measures; empty where that is not known."""
    return _FAMILY.get(unit, "")
