"""Which changes of status are told, to whom together, how often again, and which are muted.

https://docs.datadoghq.com/monitors/notify/ https://docs.datadoghq.com/monitors/downtimes/
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ddconf.alerting.downtimes import Downtime
from ddconf.alerting.groups import Group, part, tags_of
from ddconf.alerting.machine import GroupState, StatusChange
from ddconf.alerting.status import Status, Transition
from ddconf.document import JSON

_RENOTIFIED = ("alert", "no data")
_SHOWN_ONLY = "missing data is shown only"


@dataclass(frozen=True, slots=True)
class Renotify:
    """`interval` in seconds, 0 for never; `occurrences` None for without end."""

    interval: float = 0
    occurrences: int | None = None
    statuses: tuple[str, ...] = _RENOTIFIED

    @classmethod
    def read(cls, options: Mapping[str, JSON]) -> Renotify:
        occurrences = options.get("renotify_occurrences")
        return cls(
            60 * float(options.get("renotify_interval") or 0),
            None if occurrences is None else int(occurrences),
            tuple(options.get("renotify_statuses") or _RENOTIFIED),
        )

    def is_due(self, status: Status, since: float, count: int) -> bool:
        return (
            0 < self.interval <= since
            and status.lower() in self.statuses
            and (self.occurrences is None or count < self.occurrences)
        )


@dataclass(frozen=True, slots=True)
class NotificationSettings:
    """How a monitor notifies; `notify_by` None for every group on its own, empty for all together."""

    renotify: Renotify = field(default_factory=Renotify)
    notify_by: tuple[str, ...] | None = None
    tells_no_data: bool = False
    draft: bool = False
    downtimes: tuple[Downtime, ...] = ()
    tags: tuple[str, ...] = ()
    """Those of the monitor, which a downtime's scope may name as well."""

    @classmethod
    def read(
        cls,
        options: Mapping[str, JSON],
        *,
        tells_no_data: bool,
        draft: bool = False,
        downtimes: tuple[Downtime, ...] = (),
        tags: tuple[str, ...] = (),
    ) -> NotificationSettings:
        """By a monitor's options."""
        by = options.get("notify_by")
        if by is None and options.get("groupby_simple_monitor"):
            by = ["*"]
        keys = None if not by else () if list(by) == ["*"] else tuple(map(str, by))
        return cls(Renotify.read(options), keys, tells_no_data, draft, downtimes, tags)


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of the timeline: a change or a renotification of a group, and whether it was told.

    `told_of` are the tags that the notification names; None where another group's notification covers it.
    """

    change: StatusChange
    notified: bool
    told_of: Group = ()
    why_not: str = ""


@dataclass(slots=True)
class _Told:
    """What was told last of some groups together."""

    status: Status = Status.OK
    at: float = 0
    count: int = 0


class Notifier:
    """Follows the changes of one monitor, evaluation by evaluation."""

    def __init__(self, telling: NotificationSettings) -> None:
        self.telling = telling
        self._told: dict[Group, _Told] = {}
        self._recovered: set[tuple[Downtime, Group]] = set()
        self._before = float("-inf")

    def step(
        self, at: float, changes: Sequence[StatusChange], states: Mapping[Group, GroupState]
    ) -> Iterator[TimelineEntry]:
        """The entries of one evaluation; `states` are those after it."""
        changed = {change.group for change in changes}
        for change in changes:
            yield self._told_of(change, states)
        if self.telling.downtimes:
            yield from self._ended(at, changed, states)
        if self.telling.renotify.interval:
            yield from self._again(at, changed, states)
        self._before = at

    def _told_of(self, change: StatusChange, states: Mapping[Group, GroupState]) -> TimelineEntry:
        key = self._key(change.group)
        told = self._told.setdefault(key, _Told())
        status = self._together(key, states)
        why_not = self._shown_only(change, told) or self._muted(change)
        if not why_not and self.telling.notify_by is not None and status is told.status:
            why_not = "told with another group"
        if why_not != _SHOWN_ONLY:
            told.status, told.count = status, 0
        if not why_not:
            told.at = change.at
        return TimelineEntry(change, not why_not, key, why_not)

    def _shown_only(self, change: StatusChange, told: _Told) -> str:
        """Missing data that is shown and not told of; its end is told if an alert before it was."""
        status, former = change.transition.status, change.transition.former
        if self.telling.tells_no_data or Status.NO_DATA not in (status, former):
            return ""
        is_told = status not in (Status.NO_DATA, Status.OK) or (
            status is Status.OK and told.status is not Status.OK
        )
        return "" if is_told else _SHOWN_ONLY

    def _muted(self, change: StatusChange) -> str:
        if self.telling.draft:
            return "draft"
        downtime = self._downtime(change.group, change.at)
        return "downtime" if downtime and not self._first_recovery(change, downtime) else ""

    def _first_recovery(self, change: StatusChange, downtime: Downtime) -> bool:
        """Of what had begun before the downtime, the first recovery is told."""
        began = change.first_triggered
        if not change.transition.is_recovery or downtime.mute_first_recovery:
            return False
        if began is None or began >= downtime.start or (downtime, change.group) in self._recovered:
            return False
        self._recovered.add((downtime, change.group))
        return True

    def _ended(
        self, at: float, changed: set[Group], states: Mapping[Group, GroupState]
    ) -> Iterator[TimelineEntry]:
        """When a downtime ends, those that alert are told of, also if they were told of before."""
        over = [downtime for downtime in self.telling.downtimes if self._before < downtime.over <= at]
        for group, state in states.items():
            tags = self._tags(group)
            ended = [item for item in over if item.covers(tags, max(item.start, self._before))]
            if group in changed or not ended or not self._is_alerting(state.shown):
                continue
            if any(item.tells(state.shown) for item in ended) and not self._downtime(group, at):
                yield self._repeated(at, group, state, Transition(Status.OK, state.shown))

    def _again(
        self, at: float, changed: set[Group], states: Mapping[Group, GroupState]
    ) -> Iterator[TimelineEntry]:
        for group, state in states.items():
            key = self._key(group)
            told = self._told.get(key)
            if told is None or group in changed or state.status is not told.status:
                continue
            if self.telling.renotify.is_due(told.status, at - told.at, told.count):
                entry = self._repeated(at, group, state, Transition(told.status, told.status))
                told.count += 1
                yield entry

    def _repeated(self, at: float, group: Group, state: GroupState, transition: Transition) -> TimelineEntry:
        change = StatusChange(at, group, transition, state.value, *(state.triggered or ()))
        key = self._key(group)
        why_not = "draft" if self.telling.draft else "downtime" if self._downtime(group, at) else ""
        told = self._told.setdefault(key, _Told(transition.status))
        told.at = at
        return TimelineEntry(change, not why_not, key, why_not)

    def _is_alerting(self, status: Status) -> bool:
        return status not in (Status.OK, *(() if self.telling.tells_no_data else (Status.NO_DATA,)))

    def _together(self, key: Group, states: Mapping[Group, GroupState]) -> Status:
        """The worst status of the groups that are told of together."""
        if self.telling.notify_by is None:
            return states[key].shown
        members = (state.shown for group, state in states.items() if self._key(group) == key)
        return max(members, key=lambda status: status.severity)

    def _key(self, group: Group) -> Group:
        return group if self.telling.notify_by is None else part(group, self.telling.notify_by)

    def _downtime(self, group: Group, at: float) -> Downtime | None:
        if not self.telling.downtimes:
            return None
        tags = self._tags(group)
        return next((item for item in self.telling.downtimes if item.covers(tags, at)), None)

    def _tags(self, group: Group) -> tuple[str, ...]:
        return (*tags_of(group), *self.telling.tags)
