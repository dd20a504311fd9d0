"""The status of a group, and how one turns into another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    OK = "OK"
    NO_DATA = "No Data"
    UNKNOWN = "Unknown"
    WARN = "Warn"
    ALERT = "Alert"

    @property
    def severity(self) -> int:
        """Higher is worse; what a composite's `&&` and `||` go by."""
        return _SEVERITY[self]


_SEVERITY = {status: number for number, status in enumerate(Status)}


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of status; a renotification is a transition to the status that already was."""

    former: Status
    status: Status

    @property
    def is_renotify(self) -> bool:
        return self.former is self.status

    @property
    def is_recovery(self) -> bool:
        return self.status is Status.OK and not self.is_renotify

    def __str__(self) -> str:
        return f"renotify {self.status}" if self.is_renotify else f"{self.former} to {self.status}"
