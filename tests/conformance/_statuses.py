"""Vectors of evaluation about statuses over time: thresholds, missing data, groups, logs, checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ddconf.alerting.choices import Choices
from ddconf.alerting.data import Data
from ddconf.alerting.events import ArrivedEvent, group_limit
from ddconf.alerting.groups import EVERYTHING, Group, values_text
from ddconf.alerting.machine import Machine
from ddconf.alerting.missing import MissingData
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.notifications import NotificationSettings, Notifier
from ddconf.alerting.rules import StatusRules, retention
from ddconf.alerting.service_checks import Run, RunThresholds, critical_share
from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.timeline import Conditions, run_monitor
from ddconf.alerting.windows import recovery_window
from ddconf.pipelines.log import Log
from ddconf.queries.monitors import EventAlert
from ddconf.queries.tree import Text
from tests.conformance._evaluation import START, clock, close, kind, span_seconds
from tests.conformance._steps import expect, told
from tests.conformance._vectors import Vector

MINUTE = 60


@kind("decide")
def _decide(vector: Vector) -> str:
    thresholds = vector["thresholds"]
    rules = StatusRules(Thresholds.read(vector["comparator"], thresholds["critical"], thresholds))
    machine, found = Machine(rules, {EVERYTHING: Status.OK}), []
    for number, value in enumerate(vector["values"]):
        list(machine.step(number * MINUTE, {EVERYTHING: value}, lambda _: 0))
        found.append(str(machine.states[EVERYTHING].shown))
    return expect(found, vector["statuses"])


@kind("missing")
def _missing(vector: Vector) -> str:
    monitor = Monitor.read(vector)
    notifier = Notifier(NotificationSettings.read(monitor.options, tells_no_data=monitor.tells_no_data))
    machine, step = Machine(monitor.rules), span_seconds(vector.get("every", "1m"))
    last, statuses, notifies = float("-inf"), [], []
    for number, value in enumerate(vector["values"]):
        at = START + number * step
        last = last if value is None else at
        readings = {} if value is None else {EVERYTHING: value}
        changes = list(machine.step(at, readings, lambda _, last=last: last))  # type: ignore[misc]
        notifies.append(any(entry.notified for entry in notifier.step(at, changes, machine.states)))
        state = machine.states.get(EVERYTHING)
        statuses.append(str(state.shown if state else Status.NO_DATA))
    wrong = expect(statuses, vector["statuses"])
    return wrong or ("" if "notifies" not in vector else expect(notifies, vector["notifies"]))


@kind("groups_over_time")
def _groups_over_time(vector: Vector) -> str:
    options, type = vector["options"], vector.get("type", "query alert")
    if "gone_after" in vector:
        groups = vector.get("groups") or vector.get("by") or []
        return expect(START + retention(options, type, groups), clock(vector["gone_after"]))
    if "resolved_at" in vector:
        missing = MissingData.read(options, 5 * MINUTE, is_count=False)
        silent_from = float("inf") if vector["last_data"] == "still coming" else clock(vector["last_data"])
        steps = [
            (
                START + number * MINUTE,
                {EVERYTHING: Status(vector["status"])} if START + number * MINUTE <= silent_from else {},
            )
            for number in range(30 * 60)
        ]
        entries, _ = told(StatusRules(None, missing), NotificationSettings(), steps)
        ends = [entry.change.at for entry in entries if entry.change.transition.is_recovery]
        expected = vector["resolved_at"]
        return expect(ends[:1], [] if expected is None else [clock(expected)])
    first, step = clock(vector.get("group_first_seen", "0:00")), span_seconds(vector.get("every", "1m"))
    monitor = Monitor.read({"query": "avg(last_5m):avg:m{*} by {host} > 5", "options": options})
    steps = [(first + number * step, {EVERYTHING: 9.0}) for number in range(2000)]
    if any("seen" in key and value for key, value in vector.items() if key != "group_first_seen"):
        monitor = replace(monitor, options={**options, "new_group_delay": 0})  # a group that is not new
    entries, _ = told(monitor.rules, NotificationSettings(), steps)  # type: ignore[arg-type]
    return expect(entries[0].change.at, clock(vector["first_alert"]))


@kind("log")
def _log(vector: Vector) -> str:
    read = Monitor.read({**vector, "options": {"new_group_delay": 0, **vector["options"]}})
    assert isinstance(read.query, EventAlert)  # the logs given are those that the search has found
    monitor = replace(read, query=replace(read.query, search=Text("*")))
    length, found = monitor.window.window.seconds, []
    events = [
        ArrivedEvent(
            START + (number + 1) * length - 30,
            _log_of(dict(zip(monitor.groups, group.split(","), strict=False))),
        )
        for number, counts in enumerate(vector["logs_per_window"])
        for group, count in counts.items()
        for _ in range(count)
    ]
    ends = [START + (number + 1) * length for number in range(len(vector["logs_per_window"]))]

    def observe(at: float, _readings: object, states: Mapping[Group, Any]) -> None:
        if at in ends:
            found.append({values_text(group): str(state.shown) for group, state in states.items()})

    run_monitor(
        monitor, Data(events={"logs": events}), (START, ends[-1]), Conditions(choices=Choices()), observe
    )
    return expect(found, vector["statuses"])


def _log_of(values: Mapping[str, Any]) -> Log:
    attributes = {key.removeprefix("@"): value for key, value in values.items() if key.startswith("@")}
    tags = tuple(f"{key}:{value}" for key, value in values.items() if not key.startswith("@"))
    return Log(
        "",
        attributes,
        tags,
        **{key: str(values[key]) for key in ("service", "source", "host") if key in values},
    )  # type: ignore[arg-type]


@kind("log_groups")
def _log_groups(vector: Vector) -> str:
    each = group_limit(vector["facets"])
    return expect((each, each ** vector["facets"]), (vector.get("limit_each", each), vector["limit"]))


@kind("service_check")
def _service_check(vector: Vector) -> str:
    thresholds = RunThresholds.read(vector["thresholds"])
    runs = [Run(run) for run in vector["runs"]]
    machine, found = Machine(StatusRules(None), {EVERYTHING: Status.OK}), []
    for number in range(len(runs)):
        list(machine.step(number, {EVERYTHING: thresholds.status(runs[: number + 1])}, lambda _: 0))
        found.append(str(machine.states[EVERYTHING].shown))
    return expect(found, vector["statuses"])


@kind("service_check_cluster")
def _cluster(vector: Vector) -> str:
    critical, warning = vector["critical_percent"], vector.get("warning_percent")
    thresholds = Thresholds(vector.get("comparator", ">"), critical, warning)
    share = critical_share([Run(run) for run in vector["checks"]])
    return expect(str(thresholds.decide(Status.OK, share)), vector["status"])


@kind("anomaly_windows")
def _anomaly_windows(vector: Vector) -> str:
    low, high = recovery_window(span_seconds(vector["trigger_window"]), vector["threshold"])
    fits = close(low / 60, vector["recovery_minutes"][0]) and close(high / 60, vector["recovery_minutes"][1])
    return "" if fits else f"{low / 60}, {high / 60}"
