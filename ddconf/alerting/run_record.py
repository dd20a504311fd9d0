"""A run of a monitor with the values that it saw, as charts show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.data import Data
from ddconf.alerting.groups import Group
from ddconf.alerting.machine import GroupState, Reading
from ddconf.alerting.missing import OnMissing
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.timeline import Conditions, Timeline, run_monitor
from ddconf.alerting.windows import Span
from ddconf.document import JSON

Points = Sequence[tuple[float, float | None]]
"""The value of each evaluation (epoch seconds); None where there was none."""


@dataclass(frozen=True, slots=True)
class GroupRecord:
    """One group; its statuses are each from a time on, its values empty for monitors that compare none."""

    group: Group
    values: Points
    statuses: Sequence[tuple[float, Status]]

    def status(self, at: float) -> Status | None:
        """None before the group was seen."""
        known = [status for since, status in self.statuses if since <= at]
        return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class RunRecord:
    """A timeline, the time that it is of, and what was seen on the way."""

    timeline: Timeline
    run: Span
    values: Mapping[Group, Points]

    @property
    def thresholds(self) -> Thresholds | None:
        return self.timeline.monitor.thresholds

    def group(self, group: Group) -> GroupRecord:
        """Of a group that never was, nothing."""
        return GroupRecord(group, self.values.get(group, ()), self.timeline.history.get(group, ()))


def record_run(monitor: Monitor, data: Data, run: Span, conditions: Conditions | None = None) -> RunRecord:
    """As `run_monitor`, which raises Uncomputable."""
    values: dict[Group, list[tuple[float, float | None]]] = {}
    silence_is_zero = monitor.thresholds is not None and monitor.missing.then is OnMissing.ZERO

    def note(at: float, readings: Mapping[Group, Reading], states: Mapping[Group, GroupState]) -> None:
        for group, state in states.items():
            reading = readings.get(group)
            if isinstance(reading, Status):
                continue
            known = state.value if reading is not None or silence_is_zero else None
            values.setdefault(group, []).append((at, known))

    timeline = run_monitor(monitor, data, run, conditions, note)
    return RunRecord(timeline, run, values)


@dataclass(frozen=True, slots=True)
class ScenarioRecord:
    """A recording over the data of a test case, or over sample logs that have times of their own.

    `given` are variables of messages that only Datadog knows.
    """

    title: str
    recording: RunRecord
    is_sample: bool = False
    given: Mapping[str, Mapping[str, JSON]] = field(default_factory=dict)
