"""Service checks: statuses of runs in a row, and the share of checks in a cluster.

https://docs.datadoghq.com/monitors/types/service_check/
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ddconf.alerting.status import Status
from ddconf.document import JSON


class Run(StrEnum):
    """What a check reports."""

    OK = "OK"
    WARNING = "WARNING"
    CRITICAL = "CRITICAL"
    UNKNOWN = "UNKNOWN"


_STATUS = {
    Run.OK: Status.OK,
    Run.WARNING: Status.WARN,
    Run.CRITICAL: Status.ALERT,
    Run.UNKNOWN: Status.UNKNOWN,
}


@dataclass(frozen=True, slots=True)
class RunThresholds:
    """How many runs in a row make a status."""

    ok: int = 1
    warning: int = 1
    critical: int = 1
    unknown: int = 1

    @classmethod
    def read(cls, thresholds: Mapping[str, JSON]) -> RunThresholds:
        names = ("ok", "warning", "critical", "unknown")
        return cls(*(int(thresholds.get(name) or 1) for name in names))

    def needed(self, run: Run) -> int:
        return int(getattr(self, run.lower()))

    def status(self, runs: Sequence[Run]) -> Status | None:
        """After the last of some runs; None where no row is long enough, which keeps the status.

        A run of another status ends a row: a CRITICAL one is not counted as a WARNING.
        """
        if not runs:
            return None
        last = runs[-1]
        row = 0
        for run in reversed(runs):
            if run is not last:
                break
            row += 1
        return _STATUS[last] if row >= self.needed(last) else None


def critical_share(runs: Sequence[Run]) -> float:
    """Percent of the checks of a cluster whose last run was CRITICAL."""
    return 100 * sum(run is Run.CRITICAL for run in runs) / len(runs)
