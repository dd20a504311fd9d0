"""What becomes of a group whose window holds no point.

https://docs.datadoghq.com/monitors/configuration/#no-data
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from ddconf.alerting.status import Status
from ddconf.document import JSON


class OnMissing(StrEnum):
    """What a silent group shows."""

    KEEP = "last known status"
    ZERO = "evaluated as 0"
    NO_DATA = "No Data"
    RESOLVE = "OK"


@dataclass(frozen=True, slots=True)
class MissingData:
    """`after` so many seconds without a point it is silence, after `timeout` an alert ends."""

    then: OnMissing = OnMissing.KEEP
    notifies: bool = False
    after: float = 0
    before: OnMissing = OnMissing.KEEP
    """Until then."""
    timeout: float = 0

    @classmethod
    def read(cls, options: Mapping[str, JSON], window: float, *, is_count: bool) -> MissingData:
        """By a monitor's options; `is_count` if its query yields 0 where nothing is, `window` in seconds."""
        default = OnMissing.ZERO if is_count else OnMissing.KEEP
        timeout = float(options.get("timeout_h") or 0) * 3600
        chosen = options.get("on_missing_data")
        if chosen == "resolve":
            return cls(OnMissing.RESOLVE)
        if chosen in ("show_no_data", "show_and_notify_no_data"):
            return cls(OnMissing.NO_DATA, chosen == "show_and_notify_no_data", timeout=timeout)
        if chosen is None and options.get("notify_no_data"):
            after = 60 * float(options.get("no_data_timeframe") or 2 * window / 60)
            return cls(OnMissing.NO_DATA, True, after, default, timeout)
        return cls(default, timeout=timeout)

    def decide(self, former: Status, silence: float) -> Status | OnMissing | None:
        """So many seconds after the last point: a status, ZERO for a value of 0, None to keep what is."""
        if self.timeout and silence >= self.timeout and former is not Status.OK:
            return Status.OK
        match self.then if silence >= self.after else self.before:
            case OnMissing.NO_DATA:
                return Status.NO_DATA
            case OnMissing.RESOLVE:
                return Status.OK
            case OnMissing.ZERO:
                return OnMissing.ZERO
        return None
