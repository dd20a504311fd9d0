"""The official status of a log from the text or number that a log carries.

https://docs.datadoghq.com/logs/log_configuration/processors/#log-status-remapper
"""

from __future__ import annotations

from ddconf.document import JSON

SYSLOG = ("emergency", "alert", "critical", "error", "warn", "notice", "info", "debug")

_PREFIXES = (
    ("emerg", "emergency"),
    ("f", "emergency"),
    ("a", "alert"),
    ("c", "critical"),
    ("e", "error"),
    ("w", "warn"),
    ("n", "notice"),
    ("i", "info"),
    ("d", "debug"),
    ("t", "debug"),
    ("v", "debug"),
    ("o", "ok"),
    ("s", "ok"),
)


def official_status(value: JSON) -> str:
    """The status that a value means: syslog severities 0 to 7, words by how they begin, all else `info`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return SYSLOG[int(value)] if 0 <= value < len(SYSLOG) else "info"
    word = str(value).lower()
    return next((status for prefix, status in _PREFIXES if word.startswith(prefix)), "info")
