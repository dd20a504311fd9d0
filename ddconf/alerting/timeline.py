"""A monitor run over a time: every change of status, and what is told of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from ddconf.alerting.building import source_of
from ddconf.alerting.choices import Choices
from ddconf.alerting.data import Data
from ddconf.alerting.downtimes import Downtime
from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.machine import GroupState, Machine, Reading
from ddconf.alerting.missing import OnMissing
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import NotificationSettings, Notifier, TimelineEntry
from ddconf.alerting.schedules import Schedule
from ddconf.alerting.sources import GroupSource, History
from ddconf.alerting.status import Status
from ddconf.alerting.windows import Span, every
from ddconf.queries.monitors import EventAlert

Observer = Callable[[float, Mapping[Group, Reading], Mapping[Group, GroupState]], None]
"""Sees what each evaluation read, and the groups after it."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What else is so while a monitor runs: downtimes, groups that are known at the start, open choices."""

    downtimes: tuple[Downtime, ...] = ()
    known: Mapping[Group, Status] = field(default_factory=dict)
    choices: Choices = field(default_factory=Choices)
    starts_unknown: bool = False
    """Is it unknown what was before the run? Then what alerts on too little waits for a whole window."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """`history` has the statuses of every group from the time on when it was seen first."""

    monitor: Monitor
    entries: tuple[TimelineEntry, ...]
    history: History
    source: GroupSource

    @property
    def notified(self) -> tuple[TimelineEntry, ...]:
        return tuple(entry for entry in self.entries if entry.notified)


def run_monitor(
    monitor: Monitor,
    data: Data,
    run: Span,
    conditions: Conditions | None = None,
    observe: Observer | None = None,
) -> Timeline:
    """From the first time of `run` to the last (epoch seconds). Raises Uncomputable."""
    conditions = conditions or Conditions()
    source = source_of(monitor, data, run, conditions.choices)
    machine = Machine(monitor.rules, {**_counted_from_the_start(monitor, data), **conditions.known})
    notifier = Notifier(_telling(monitor, conditions))
    entries: list[TimelineEntry] = []
    history: dict[Group, list[tuple[float, Status]]] = {}
    unseen = monitor.window.window.seconds if conditions.starts_unknown and _is_below(monitor) else 0
    for at in evaluation_times(monitor, run):
        if at < run[0] + unseen:
            continue
        readings = source.read(at)
        changes = list(machine.step(at, readings, partial(source.last_point, at=at)))
        entries += notifier.step(at, changes, machine.states)
        if len(history) < len(machine.states) or changes:
            _record(history, at, machine.states)
        if observe:
            observe(at, readings, machine.states)
    return Timeline(monitor, tuple(entries), history, source)


def evaluation_times(monitor: Monitor, run: Span) -> Iterator[float]:
    """By the custom schedule if there is one, else at whole steps after the start."""
    start, end = run
    if schedule := Schedule.read(monitor.options.get("scheduling_options"), start):
        yield from schedule.between(start, end)
        return
    step = every(monitor.window.window)
    at = start + step
    while at <= end:
        yield at
        at += step


def _counted_from_the_start(monitor: Monitor, data: Data) -> dict[Group, Status]:
    """What counts events without groups counts 0 before the first one; a metric does not exist until then."""
    counts = isinstance(monitor.query, EventAlert) and monitor.is_count and not monitor.groups
    if not counts or data.stated is not None or monitor.missing.then is not OnMissing.ZERO:
        return {}
    return {EVERYTHING: Status.OK}


def _is_below(monitor: Monitor) -> bool:
    thresholds = monitor.thresholds
    return thresholds is not None and thresholds.comparator in ("<", "<=")


def _telling(monitor: Monitor, conditions: Conditions) -> NotificationSettings:
    return NotificationSettings.read(
        monitor.options,
        tells_no_data=monitor.tells_no_data,
        draft=monitor.draft,
        downtimes=conditions.downtimes,
        tags=monitor.tags,
    )


def _record(
    history: dict[Group, list[tuple[float, Status]]], at: float, states: Mapping[Group, GroupState]
) -> None:
    for group, state in states.items():
        known = history.setdefault(group, [])
        if not known or known[-1][1] is not state.shown:
            known.append((at, state.shown))
