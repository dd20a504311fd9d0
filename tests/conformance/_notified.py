"""Vectors of evaluation about composites and notifications: renotified, muted, grouped, scheduled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ddconf.alerting.composites import common_groups, status_of
from ddconf.alerting.downtimes import Downtime, is_in_scope
from ddconf.alerting.groups import EVERYTHING, Group, values_text
from ddconf.alerting.machine import Reading
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import NotificationSettings, Renotify
from ddconf.alerting.rules import StatusRules
from ddconf.alerting.schedules import Schedule
from ddconf.alerting.status import Status
from ddconf.queries import parse_monitor_query
from ddconf.queries.monitors import Composite
from tests.conformance._evaluation import START, clock, kind
from tests.conformance._steps import expect, told
from tests.conformance._vectors import Vector

MINUTE = 60
_SEGMENT = re.compile(
    r"(No Data|Alert|Warn|OK|Unknown)(?: (?:from|at))?(?: (\d+:\d\d))?(?: (?:to|until) (\d+:\d\d))?"
)


@kind("grouping")
def _grouping(vector: Vector) -> str:
    monitor = Monitor.read(vector)
    telling = NotificationSettings.read(monitor.options, tells_no_data=False)
    readings = {tuple(zip(monitor.groups, values, strict=True)): 1e12 for values in vector["breaching"]}
    entries, _ = told(StatusRules(monitor.thresholds), telling, [(START, readings)])  # type: ignore[list-item]
    return expect(sum(entry.notified for entry in entries), vector["notifications"])


def _condition(text: str) -> tuple[Any, dict[str, str]]:
    """The condition with letters written as ids, and the id of each letter."""
    letters = sorted(set(re.findall(r"[a-z]", text)))
    ids = {letter: str(number + 1) for number, letter in enumerate(letters)}
    query = parse_monitor_query(re.sub(r"[a-z]", lambda match: ids[match[0]], text), "composite")
    assert isinstance(query, Composite)
    return query.condition, ids


@kind("composite")
def _composite(vector: Vector) -> str:
    condition, ids = _condition(vector["query"])
    tells = vector.get("notify_no_data") is not False
    states = {ids[letter]: Status(status) for letter, status in vector["states"].items()}
    status = status_of(condition, states, tells_no_data=tells)
    wrong = expect("last known" if status is None else str(status), vector["status"])
    return wrong or expect(
        status not in (None, Status.OK), vector.get("alerts", status not in (None, Status.OK))
    )


@kind("composite_groups")
def _composite_groups(vector: Vector) -> str:
    parts = [[_group(text) for text in groups] for groups in vector["groups"].values()]
    return expect(sorted(map(values_text, common_groups(parts))), sorted(vector["result"]))


def _group(text: str) -> Group:
    return (
        ()
        if text == "*"
        else tuple((key, value) for key, _, value in (tag.partition(":") for tag in text.split(",")))
    )


@kind("renotify")
def _renotify(vector: Vector) -> str:
    telling = NotificationSettings(Renotify.read(vector["options"]), tells_no_data=True)
    changes = _segments(vector["status"])
    entries, _ = told(StatusRules(None), telling, _scripted(changes, clock(vector["until"])))
    found = [entry.change.at for entry in entries if entry.notified]
    return expect([_clock_text(at) for at in found], vector["notified"])


def _segments(text: str) -> list[tuple[float, Status]]:
    """`Alert 0:00 to 0:30, then OK`."""
    found: list[tuple[float, Status]] = []
    end = START
    for status, start, stop in _SEGMENT.findall(text):
        end = clock(start) if start else end
        found.append((end, Status(status)))
        end = clock(stop) if stop else end
    return found


def _scripted(
    changes: Sequence[tuple[float, Status]], until: float
) -> list[tuple[float, Mapping[Group, Reading]]]:
    """An evaluation each minute, of the status that is then."""
    steps: list[tuple[float, Mapping[Group, Reading]]] = []
    at = START
    while at <= until:
        now = [status for since, status in changes if since <= at]
        steps.append((at, {EVERYTHING: now[-1] if now else Status.OK}))
        at += MINUTE
    return steps


def _clock_text(at: float) -> str:
    hours, minutes = divmod(round((at - START) / 60), 60)
    return f"{hours}:{minutes:02}"


@kind("triggered")
def _triggered(vector: Vector) -> str:
    times = {letter: clock(time) for letter, time in vector["times"].items()} | {"0": 0}
    story = zip("ABCD", (Status.WARN, Status.ALERT, Status.NO_DATA, Status.OK), strict=True)
    entries, _ = told(
        StatusRules(None),
        NotificationSettings(tells_no_data=True),
        [(times[at], {EVERYTHING: status}) for at, status in story],
    )
    change = next(entry.change for entry in entries if str(entry.change.transition) == vector["transition"])
    end, _, start = vector["triggered_duration"].partition("-")
    return expect(
        (change.first_triggered, change.last_triggered, change.at - (change.first_triggered or 0)),
        (
            times[vector["first_triggered_at"]],
            times[vector["last_triggered_at"]],
            times[end] - times[start or "0"],
        ),
    )


@kind("downtime")
def _downtime(vector: Vector) -> str:
    if "notifications" in vector:
        return _muted_parts(vector)
    start, end = (clock(time) for time in vector["downtime"])
    downtime = Downtime(
        start=start,
        end=end,
        cancelled=clock(vector["cancelled"]) if vector.get("cancelled") else None,
        mute_first_recovery=bool(vector.get("mute_first_recovery_notification")),
        end_types=tuple(vector.get("notify_end_types") or ("expired",)),
        end_states=tuple(vector.get("notify_end_states") or ("alert", "warn", "no data")),
    )
    changes = [(clock(time), Status(status)) for time, status in vector["states"]]
    entries, _ = told(
        StatusRules(None),
        NotificationSettings(tells_no_data=True, downtimes=(downtime,)),
        _scripted(changes, end + 3600),
    )
    found = [
        [_clock_text(entry.change.at), str(entry.change.transition.status)]
        for entry in entries
        if entry.notified
    ]
    return expect(found, vector["notified"])


def _muted_parts(vector: Vector) -> str:
    condition, ids = _condition(vector["query"])
    states = {letter: Status(status) for letter, status in vector["states"].items()}
    whole = status_of(
        condition, {ids[letter]: status for letter, status in states.items()}, tells_no_data=True
    )
    found = {}
    for name, status in (*states.items(), ("composite", whole)):
        downtimes = (Downtime(),) if name in vector["muted"] else ()
        entries, _ = told(
            StatusRules(None),
            NotificationSettings(tells_no_data=True, downtimes=downtimes),
            [(START, {EVERYTHING: status})],
        )
        found[name] = any(entry.notified for entry in entries)
    return expect({name: found[name] for name in vector["notifications"]}, vector["notifications"])


@kind("downtime_scope")
def _downtime_scope(vector: Vector) -> str:
    return expect(is_in_scope(vector["scope"], vector["group"]), vector["muted"])


@kind("schedule")
def _schedule(vector: Vector) -> str:
    if "evaluations" in vector:
        steps = [
            (START + number, {EVERYTHING: Status(status)})
            for number, status in enumerate(vector["evaluations"])
        ]
        entries, _ = told(StatusRules(None, each_alone=True), NotificationSettings(), steps)  # type: ignore[arg-type]
        at = {entry.change.at for entry in entries if entry.notified}
        return expect([START + number in at for number in range(len(steps))], vector["notified"])
    schedule = Schedule(vector["rrule"], datetime.fromisoformat(vector["start"]).replace(tzinfo=UTC))
    times = schedule.between(schedule.start.timestamp(), schedule.start.timestamp() + 400 * 86_400)
    days = [datetime.fromtimestamp(time, UTC).date().isoformat() for time in times]
    return expect(days[: len(vector["days"])], vector["days"])
