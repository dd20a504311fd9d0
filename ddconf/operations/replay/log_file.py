"""A file of logs, by its name, and the time that it may be about.

Archives are files `dt=20261123/hour=05/archive_*.json.gz` with a log on each line.
https://docs.datadoghq.com/logs/log_configuration/archives/#format-of-the-archives
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

_ENDINGS = tuple(
    f"{plain}{packed}" for plain in (".json", ".jsonl", ".ndjson", ".log") for packed in ("", ".gz", ".zst")
)
_HOUR = re.compile(r"(?:^|/)dt=(?P<day>\d{8})/hour=(?P<hour>\d\d)/")


@dataclass(frozen=True, slots=True)
class RecordedFile:
    """A file of logs. `name` is its path below what was asked for, `etag` changes with its content."""

    name: str
    place: str
    """A path, or the URL of an object."""
    etag: str


@dataclass(frozen=True, slots=True)
class TimeRange:
    """From a moment on and before another, in UTC."""

    begin: datetime
    end: datetime

    def may_hold(self, name: str) -> bool:
        """Whether the path of an archive's file leaves it possible; that of another file always does."""
        found = _HOUR.search(name)
        if found is None:
            return True
        try:
            hour = datetime.strptime(found["day"] + found["hour"], "%Y%m%d%H").replace(tzinfo=UTC)
        except ValueError:
            return True
        return hour < self.end and self.begin < hour + timedelta(hours=1)

    @property
    def days(self) -> list[str]:
        """`dt=20261123`, of each day."""
        count = (self.end.date() - self.begin.date()).days + 1
        return [f"dt={self.begin.date() + timedelta(days=day):%Y%m%d}" for day in range(count)]


def is_log_file(name: str) -> bool:
    """Whether a file of a folder or bucket is taken for one of logs."""
    return name.endswith(_ENDINGS)
