"""The statuses of a monitor's groups from one evaluation to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from ddconf.alerting.groups import Group
from ddconf.alerting.missing import OnMissing
from ddconf.alerting.rules import StatusRules
from ddconf.alerting.status import Status, Transition

Reading = float | Status | None
"""What an evaluation found for a group: a value, or the status itself, or nothing that can be compared."""
LastPoint = Callable[[Group], float]
"""When a group's last point came, in epoch seconds."""


@dataclass(slots=True)
class GroupState:
    """What is known of a group.

    `status` is None until there was a value, `triggered` the first and the last time of the latest alert.
    """

    first_seen: float
    status: Status | None = None
    value: float | None = None
    triggered: tuple[float, float] | None = None

    @property
    def shown(self) -> Status:
        """A group that never had a value shows No Data."""
        return Status.NO_DATA if self.status is None else self.status


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A group's transition; `first_triggered` and `last_triggered` are epoch seconds."""

    at: float
    group: Group
    transition: Transition
    value: float | None = None
    first_triggered: float | None = None
    last_triggered: float | None = None


class Machine:
    """Steps through the evaluations of one monitor, oldest first."""

    def __init__(self, rules: StatusRules, known: Mapping[Group, Status] | None = None) -> None:
        """`known` are groups that are not new at the start, with their status."""
        self.rules = rules
        self.states = {group: GroupState(float("-inf"), status) for group, status in (known or {}).items()}

    def step(
        self, at: float, readings: Mapping[Group, Reading], last_point: LastPoint
    ) -> Iterator[StatusChange]:
        """One evaluation; a group that is not among the readings has no point in the window."""
        for group in readings:
            if group not in self.states:
                self.states[group] = GroupState(at)
        for group in [group for group in self.states if group not in readings]:
            if group and at - last_point(group) >= self.rules.retention:
                del self.states[group]
        for group, state in self.states.items():
            if group in readings:
                status = self._of_reading(state, readings[group], at)
            else:
                status = self._of_silence(state, at, at - last_point(group))
            if status is not None and (change := self._move(group, state, status, at)):
                yield change

    def _of_reading(self, state: GroupState, reading: Reading, at: float) -> Status | None:
        if isinstance(reading, Status):
            return reading
        if reading is None:
            return None
        state.value = reading
        return None if self._is_new(state, at) else self._decided(state, reading)

    def _is_new(self, state: GroupState, at: float) -> bool:
        return at < state.first_seen + self.rules.new_group_delay

    def _of_silence(self, state: GroupState, at: float, silence: float) -> Status | None:
        """A group is evaluated once it had a value and is no longer new."""
        if self._is_new(state, at) or (state.status is None and state.value is None):
            return None
        status = self.rules.missing.decide(state.status or Status.OK, silence)
        if status is OnMissing.ZERO:
            state.value = 0
            return self._decided(state, 0)
        if status is Status.NO_DATA:
            state.value = None
        return status if isinstance(status, Status) else None

    def _decided(self, state: GroupState, value: float) -> Status:
        if self.rules.thresholds is None:
            raise TypeError("values come from a monitor that has no thresholds")
        former = Status.OK if state.status is None or self.rules.each_alone else state.status
        return self.rules.thresholds.decide(former, value)

    def _move(self, group: Group, state: GroupState, status: Status, at: float) -> StatusChange | None:
        """The first status of a group is not a change if it is OK."""
        former = Status.OK if state.status is None or self.rules.each_alone else state.status
        state.status = status
        if status is former:
            return None
        if status is not Status.OK:
            first = state.triggered[0] if state.triggered and former is not Status.OK else at
            state.triggered = (first, at)
        return StatusChange(at, group, Transition(former, status), state.value, *(state.triggered or ()))
