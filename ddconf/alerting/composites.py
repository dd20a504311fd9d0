"""Composite monitors: the status of a condition over other monitors, and the groups it has.

https://docs.datadoghq.com/monitors/types/composite/
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ddconf.alerting.groups import EVERYTHING, Group
from ddconf.alerting.status import Status
from ddconf.queries.monitors import Both, ComponentMonitor, Condition, Either, Negation

Parts = Mapping[str, Mapping[Group, Status]]
"""The statuses of each monitor's groups, by its id as the query writes it."""

_NEGATED = {
    Status.OK: Status.ALERT,
    Status.WARN: Status.OK,
    Status.ALERT: Status.OK,
    Status.NO_DATA: Status.NO_DATA,
    Status.UNKNOWN: Status.UNKNOWN,
}


def status_of(condition: Condition, statuses: Mapping[str, Status], *, tells_no_data: bool) -> Status | None:
    """`&&` takes the least severe status, `||` the most severe one.

    None keeps the status that was: for No Data, unless the composite tells of missing data.
    """
    status = _status(condition, statuses)
    return None if status is Status.NO_DATA and not tells_no_data else status


def _status(condition: Condition, statuses: Mapping[str, Status]) -> Status:
    match condition:
        case ComponentMonitor(id):
            return statuses[id]
        case Negation(inner):
            return _NEGATED[_status(inner, statuses)]
        case Both(left, right):
            return min(_status(left, statuses), _status(right, statuses), key=lambda status: status.severity)
        case Either(left, right):
            return max(_status(left, statuses), _status(right, statuses), key=lambda status: status.severity)
    raise AssertionError(condition)


def common_groups(parts: Sequence[Iterable[Group]]) -> dict[Group, tuple[Group, ...]]:
    """The groups of a composite, each with the group of every part that it is made of.

    Groups of two parts belong together if all values of the one are values of the other; a part that is not
    split belongs to every group. What is not reported by all parts is not a group.
    """
    found: dict[Group, tuple[Group, ...]] = {EVERYTHING: ()}
    for groups in parts:
        found = {
            joined: (*before, group)
            for whole, before in found.items()
            for group in groups
            if (joined := _joined(whole, group)) is not None
        }
    return found


def _joined(left: Group, right: Group) -> Group | None:
    """The more detailed of two groups, if the other is a part of it by its values, whatever the keys."""
    values = {value for _, value in left}, {value for _, value in right}
    if values[1] <= values[0]:
        return left
    return right if values[0] <= values[1] else None
