"""What is known of monitors between evaluations: the statuses of their groups, kept in memory."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass, field

from ddconf.alerting.data import ReferencedMonitor
from ddconf.alerting.groups import Group, group_text
from ddconf.alerting.machine import Machine
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import Notifier
from ddconf.alerting.sources import GroupSource
from ddconf.alerting.status import Status
from ddconf.document import Document


@dataclass(slots=True)
class WatchedMonitor:
    """One monitor; `content` is what it was made of, `times` when a group had a status last, in seconds."""

    content: tuple[str, ...]
    monitor: Monitor
    machine: Machine
    notifier: Notifier
    evaluated: float
    last_points: dict[Group, float] = field(default_factory=dict)
    times: dict[Group, dict[Status, int]] = field(default_factory=dict)

    @property
    def overall(self) -> Status:
        """The worst status of any group; No Data before there is one."""
        shown = [state.shown for state in self.machine.states.values()]
        return max(shown, key=lambda status: status.severity) if shown else Status.NO_DATA

    def last_point(self, source: GroupSource, group: Group, now: float) -> float:
        """When a group's last point came, also if that is before what was read for this evaluation."""
        return max(source.last_point(group, now), self.last_points.get(group, float("-inf")))

    def group_states(self) -> dict[str, Document]:
        """Each group as `group_states=all` shows it."""
        return {group_text(group): self._shown(group) for group in self.machine.states}

    def _shown(self, group: Group) -> Document:
        state, times = self.machine.states[group], self.times.get(group, {})
        return {
            "name": group_text(group),
            "status": str(state.shown),
            "last_triggered_ts": int(state.triggered[1]) if state.triggered else None,
            "last_resolved_ts": times.get(Status.OK),
            "last_nodata_ts": times.get(Status.NO_DATA),
            "last_notified_ts": max(times.values(), default=None),
        }


class WatchList:
    """All monitors by id; who evaluates them holds the guard. `left_out` says why one is not evaluated."""

    def __init__(self) -> None:
        self.guard = threading.Lock()
        self.left_out: dict[int, str] = {}
        self._watched: dict[int, WatchedMonitor] = {}

    def find(self, id: int) -> WatchedMonitor | None:
        return self._watched.get(id)

    def put(self, id: int, watched: WatchedMonitor) -> None:
        self._watched[id] = watched

    def keep_only(self, ids: Collection[int]) -> None:
        """Forget the others."""
        self._watched = {id: watched for id, watched in self._watched.items() if id in ids}
        self.left_out = {id: why for id, why in self.left_out.items() if id in ids}

    @property
    def parts(self) -> dict[str, ReferencedMonitor]:
        """The monitors as composites see them: their statuses of this moment."""
        return {
            str(id): ReferencedMonitor(
                {group: [(0.0, state.shown)] for group, state in watched.machine.states.items()},
                watched.monitor.tells_no_data,
            )
            for id, watched in self._watched.items()
        }
