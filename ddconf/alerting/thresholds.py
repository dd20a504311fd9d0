"""From a value to a status.

https://docs.datadoghq.com/monitors/guide/recovery-thresholds/
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ddconf.alerting.status import Status
from ddconf.document import JSON

_COMPARES: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
}
COMPARATORS = tuple(_COMPARES)


@dataclass(frozen=True, slots=True)
class Thresholds:
    comparator: str
    critical: float
    warning: float | None = None
    critical_recovery: float | None = None
    warning_recovery: float | None = None
    recovers_at: bool = False
    """Is the recovery threshold itself a recovery? So with anomalies, whose usual one is `>= 0`."""

    @classmethod
    def read(
        cls, comparator: str, critical: float, thresholds: Mapping[str, JSON], *, recovers_at: bool = False
    ) -> Thresholds:
        """With the other thresholds of a monitor's options."""

        def number(name: str) -> float | None:
            return None if thresholds.get(name) is None else float(thresholds[name])

        return cls(
            comparator,
            float(critical),
            number("warning"),
            number("critical_recovery"),
            number("warning_recovery"),
            recovers_at,
        )

    def reaches(self, value: float, threshold: float) -> bool:
        return _COMPARES[self.comparator](value, threshold)

    def decide(self, former: Status, value: float) -> Status:
        """The status after a value.

        An alert that has not passed its recovery threshold stays one, also with a warning threshold. No page
        says what it becomes, and https://github.com/DataDog/datadog-agent/issues/11638 reports a warning.
        """
        reaches = _COMPARES[self.comparator]
        if reaches(value, self.critical):
            return Status.ALERT
        if former is Status.ALERT and self._holds_on(value, self.critical_recovery):
            return Status.ALERT
        if self.warning is not None and reaches(value, self.warning):
            return Status.WARN
        if former in (Status.WARN, Status.ALERT) and self._holds_on(value, self.warning_recovery):
            return Status.WARN
        return Status.OK

    def _holds_on(self, value: float, recovery: float | None) -> bool:
        """Recovery is where the comparison with the recovery threshold is false."""
        if recovery is None or (self.recovers_at and value == recovery):
            return False
        return _COMPARES[self.comparator](value, recovery)
