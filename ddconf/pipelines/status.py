"""The official status of a log from the text or number that a log carries.

https://docs.datadoghq.com/logs/log_configuration/processors/#log-status-remapper
"""

from __future__ import annotations

from functools import lru_cache

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
_LONGEST = max(len(prefix) for prefix, _ in _PREFIXES)


def official_status(value: JSON) -> str:
    """The status that a value means: syslog severities 0 to 7, words by how they begin, all else `info`."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return SYSLOG[int(value)] if 0 <= value < len(SYSLOG) else "info"
    return _meaning(str(value)[:_LONGEST].lower())


@lru_cache(maxsize=256)
def _meaning(word: str) -> str:
    return next((status for prefix, status in _PREFIXES if word.startswith(prefix)), "info")
