"""Custom schedules: on which times a monitor is evaluated.

https://docs.datadoghq.com/monitors/guide/custom_schedules/
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from ddconf.document import JSON


@dataclass(frozen=True, slots=True)
class Schedule:
    """A recurrence rule of RFC 5545, counted from a local time."""

    rule: str
    start: datetime

    @classmethod
    def read(cls, scheduling: Mapping[str, JSON] | None, begin: float) -> Schedule | None:
        """From a monitor's `scheduling_options`; `begin` (epoch seconds) where they name no start."""
        recurrences = ((scheduling or {}).get("custom_schedule") or {}).get("recurrences")
        if not recurrences:
            return None
        recurrence = recurrences[0]
        zone = ZoneInfo(recurrence.get("timezone") or "UTC")
        start = recurrence.get("start")
        moment = datetime.fromisoformat(str(start)) if start else datetime.fromtimestamp(begin, UTC)
        return cls(
            str(recurrence["rrule"]), moment.replace(tzinfo=zone) if start else moment.astimezone(zone)
        )

    def between(self, start: float, end: float) -> list[float]:
        """The times of evaluation from `start` to `end`, both included, in epoch seconds.

        The rule runs on local clock time, so that 9:00 stays 9:00 when the clocks change.
        """
        from dateutil.rrule import rrulestr

        zone = self.start.tzinfo
        rule = rrulestr(self.rule.removeprefix("RRULE:"), dtstart=self.start.replace(tzinfo=None))
        first, last = (datetime.fromtimestamp(edge, zone).replace(tzinfo=None) for edge in (start, end))
        return [moment.replace(tzinfo=zone).timestamp() for moment in rule.between(first, last, inc=True)]
