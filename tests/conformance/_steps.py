"""Evaluations given one after the other, and what is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ddconf.alerting.groups import Group
from ddconf.alerting.machine import Machine, Reading
from ddconf.alerting.notifications import NotificationSettings, Notifier, TimelineEntry
from ddconf.alerting.rules import StatusRules


def told(
    rules: StatusRules, telling: NotificationSettings, steps: Iterable[tuple[float, Mapping[Group, Reading]]]
) -> tuple[list[TimelineEntry], Machine]:
    """The entries of some evaluations; a group's last point is its last reading."""
    machine, notifier, seen = Machine(rules), Notifier(telling), dict[Group, float]()
    entries: list[TimelineEntry] = []

    def last_point(group: Group) -> float:
        return seen.get(group, float("-inf"))

    for at, readings in steps:
        seen.update(dict.fromkeys(readings, at))
        changes = list(machine.step(at, readings, last_point))
        entries += notifier.step(at, changes, machine.states)
    return entries, machine


def expect(found: Any, expected: Any) -> str:
    return "" if found == expected else f"{found} instead of {expected}"
