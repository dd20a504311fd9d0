"""Status, error budget and burn rate of SLOs.

https://docs.datadoghq.com/service_level_objectives/ https://docs.datadoghq.com/service_level_objectives/burn_rate/
"""

from __future__ import annotations

from dataclasses import dataclass

from ddconf.alerting.status import Status


@dataclass(frozen=True, slots=True)
class Target:
    """Percentages; the warning lies above the target."""

    target: float
    warning: float | None = None

    @property
    def budget(self) -> float:
        """The share of what may fail: 0.001 for a target of 99.9."""
        return (100 - self.target) / 100

    @property
    def highest_burn_rate(self) -> float:
        return 1 / self.budget

    def state(self, sli: float | None) -> str:
        """`ok` at the target itself, `no data` without a status."""
        if sli is None:
            return "no data"
        if sli < self.target:
            return "breached"
        return "warning" if self.warning is not None and sli < self.warning else "ok"

    def error_budget_remaining(self, sli: float) -> float:
        """Percent; below 0 when more than the budget is used up."""
        return 100 * (sli - self.target) / (100 - self.target)

    def budget_consumed(self, sli: float) -> float:
        """Percent, which error budget alerts compare with their threshold."""
        return 100 - self.error_budget_remaining(sli)

    def burn_rate(self, error_rate: float) -> float:
        return error_rate / self.budget

    def error_rate(self, burn_rate: float) -> float:
        return burn_rate * self.budget


def consumed(burn_rate: float, long_window: float, timeframe: float) -> float:
    """Percent of the budget that is gone when a burn-rate alert fires after its long window."""
    return 100 * burn_rate * long_window / timeframe


def time_left(burn_rate: float, timeframe: float) -> float:
    """How long a full budget lasts."""
    return timeframe / burn_rate if burn_rate else float("inf")


def of_events(good: float, total: float) -> float | None:
    """Percent of good events; None where there were none."""
    return 100 * good / total if total else None


def is_up(status: Status, *, tells_no_data: bool) -> bool:
    """Does a monitor's status count as uptime? Missing data does, unless the monitor tells of it.

    https://docs.datadoghq.com/monitors/guide/on_missing_data/
    """
    return status not in (Status.ALERT, Status.NO_DATA, Status.UNKNOWN) or (
        status is Status.NO_DATA and not tells_no_data
    )
