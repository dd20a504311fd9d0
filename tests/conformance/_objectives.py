"""Vectors of evaluation about SLOs, and those that run a monitor from its data to its transitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddconf.alerting.data import Data
from ddconf.alerting.events import ArrivedEvent
from ddconf.alerting.groups import EVERYTHING, Group, group_text, values_text
from ddconf.alerting.machine import Machine
from ddconf.alerting.metrics.evaluate import QueryInputs
from ddconf.alerting.metrics.samples import Samples
from ddconf.alerting.missing import MissingData, OnMissing
from ddconf.alerting.monitor import Monitor
from ddconf.alerting.rules import StatusRules
from ddconf.alerting.slo import (
    Target,
    consumed,
    is_up,
    of_events,
    time_left,
)
from ddconf.alerting.slo_source import Correction, monitor_tally, slice_tallies
from ddconf.alerting.status import Status
from ddconf.alerting.thresholds import Thresholds
from ddconf.alerting.timeline import run_monitor
from ddconf.pipelines.log import Log
from ddconf.queries import parse_metric_query
from tests.conformance._evaluation import START, clock, close, kind, samples_of, span_seconds
from tests.conformance._vectors import Vector

DAY = 86_400
_LETTERS = {"O": Status.OK, "A": Status.ALERT, "W": Status.WARN, "N": Status.NO_DATA}
_OPTIONS = {
    "show ok": "resolve",
    "show no data": "show_no_data",
    "show no data and notify": "show_and_notify_no_data",
    "show last known status": "default",
    "evaluate as zero": "default",
}


@kind("slo")
def _slo(vector: Vector) -> str:
    if "corrected_days" in vector:
        return _corrected_time(vector)
    if "monitors" in vector:
        return _monitors(vector)
    if "bad_slices" in vector:
        return _slices(vector)
    corrected = vector.get("corrected") or {}
    if "good" in vector:
        good = vector["good"] - corrected.get("good", 0)
        sli = of_events(good, good + vector["bad"] - corrected.get("bad", 0))
    else:
        sli = (
            of_events(vector["numerator"], vector["denominator"])
            if "numerator" in vector
            else vector.get("sli")
        )
    if "sli" in vector and not close(sli, vector["sli"]):
        return f"{sli}"
    return _budget(vector, sli)


def _budget(vector: Vector, sli: float | None) -> str:
    if "target" not in vector:
        return ""
    target = Target(vector["target"], vector.get("warning"))
    remaining = None if sli is None else target.error_budget_remaining(sli)
    if "error_budget_remaining" in vector and not close(remaining, vector["error_budget_remaining"]):
        return f"{remaining}"
    if "state" in vector and target.state(sli) != vector["state"]:
        return target.state(sli)
    length = vector.get("days", 0) * DAY or span_seconds(str(vector.get("timeframe", "")))
    minutes = next(
        (value for key, value in vector.items() if key.endswith("minutes") and "budget" in key), None
    )
    if minutes is not None and not close(target.budget * length / 60, minutes):
        return f"{target.budget * length / 60} minutes"
    return ""


def _corrected_time(vector: Vector) -> str:
    """Corrected time is left out of a monitor SLO, and uptime of a time slice one."""
    whole = vector["days"] * DAY
    left_out = vector["corrected_days"] * DAY if vector["type"] == "monitor" else 0
    percent = 100 * vector["downtime_minutes"] * 60 / (whole - left_out)
    if vector["type"] == "monitor":
        down = vector["downtime_minutes"] * 60
        history = {EVERYTHING: [(START, Status.ALERT), (START + down, Status.OK)]}
        corrections = [Correction(START + whole - left_out, START + whole)]
        sli = monitor_tally([(history, False)], (START, START + whole), corrections).sli(START, START + whole)
        percent = 100 - (sli or 0)
    return "" if close(percent, vector["downtime_percent"]) else f"{percent}"


def _monitors(vector: Vector) -> str:
    found = {}
    step = 600
    histories = {
        name: {
            EVERYTHING: [(START + number * step, _LETTERS[letter]) for number, letter in enumerate(letters)]
        }
        for name, letters in vector["monitors"].items()
    }
    end = START + step * max(map(len, vector["monitors"].values()))
    tells = bool(vector.get("notify_no_data", True))
    for name, history in histories.items():
        found[name] = monitor_tally([(history, tells)], (START, end)).sli(START, end)
    whole = monitor_tally([(history, tells) for history in histories.values()], (START, end))
    found["overall"] = whole.sli(START, end)
    wrong = {name: found[name] for name, value in vector["status"].items() if not close(found[name], value)}
    return f"{wrong}" if wrong else ""


def _slices(vector: Vector) -> str:
    step = vector["interval"]
    size = vector["minutes"] * 60 // step
    given = vector["bad_slices"]
    bad = given if isinstance(given, dict) else {"*": range(given) if isinstance(given, int) else given}
    there = range(size - (vector.get("missing_slices") or 0))
    series = [
        Samples(
            "up",
            [START + number * step for number in there],
            [float(number not in slices) for number in there],
            (f"g:{name}",),
        )
        for name, slices in bad.items()
    ]
    run = (START, START + size * step)
    query = parse_metric_query("avg:up{*} by {g}")
    tallies = slice_tallies(query, bool, QueryInputs(series), run, seconds=step)
    found = {values_text(group) if group else "overall": tally.sli(*run) for group, tally in tallies.items()}
    expected = vector["sli"] if isinstance(vector["sli"], dict) else {"overall": vector["sli"]}
    wrong = {name: found[name] for name, value in expected.items() if not close(found[name], value)}
    return f"{wrong}" if wrong else ""


@kind("slo_missing")
def _slo_missing(vector: Vector) -> str:
    option = str(vector["option"]).lower()
    as_count = "zero" in option
    missing = MissingData.read({"on_missing_data": _OPTIONS[option]}, 300, is_count=as_count)
    status = missing.decide(Status.OK, 300)
    if isinstance(status, Status):
        found = "uptime" if is_up(status, tells_no_data=missing.notifies) else "downtime"
    else:
        found = "as status" if status is OnMissing.ZERO else "as last"
    return "" if found.split()[0] == vector["treatment"].split()[0] else found


@kind("burn_rate")
def _burn_rate(vector: Vector) -> str:
    target = Target(vector["target"])
    rates = [target.burn_rate(vector[f"{name}_error_rate"]) for name in ("long", "short")]
    thresholds = Thresholds(vector.get("comparator", ">="), vector["threshold"], vector.get("warning"))
    status = thresholds.decide(Status.OK, min(rates))
    if any(
        not close(rate, expected)
        for rate, expected in zip(rates, vector.get("burn_rates", rates), strict=True)
    ):
        return f"{rates}"
    return "" if status == vector["status"] else str(status)


@kind("burn_rate_formula")
def _burn_rate_formula(vector: Vector) -> str:
    found: dict[str, float] = {}
    if "target" in vector:
        target = Target(vector["target"])
        found["max_burn_rate"] = target.highest_burn_rate
        if "burn_rate" in vector:
            found["error_rate"] = target.error_rate(vector["burn_rate"])
        elif "error_rate" in vector:
            found["burn_rate"] = target.burn_rate(vector["error_rate"])
    if "burn_rate" in vector:
        found["days_left_of_30"] = time_left(vector["burn_rate"], 30)
    if "long_window_hours" in vector:
        hours, days = vector["long_window_hours"], vector["days"]
        if "budget_consumed_percent" in vector:
            found["burn_rate"] = vector["budget_consumed_percent"] / consumed(1, hours, days * 24)
        if "burn_rate" in vector:
            found["budget_consumed_percent"] = consumed(vector["burn_rate"], hours, days * 24)
        found["short_window_minutes"] = hours * 60 / 12
    wrong = {
        name: value for name, value in found.items() if name in vector and not close(value, vector[name])
    }
    return f"{wrong}" if wrong else ""


@kind("error_budget")
def _error_budget(vector: Vector) -> str:
    thresholds = Thresholds(vector.get("comparator", ">"), vector["threshold"], vector.get("warning"))
    machine = Machine(StatusRules(thresholds))
    list(machine.step(START, {EVERYTHING: vector["consumed"]}, lambda _: START))
    status = str(machine.states[EVERYTHING].shown)
    return "" if status == vector["status"] else status


@kind("end_to_end")
def _end_to_end(vector: Vector) -> str:
    document = vector["monitor"]
    monitor = Monitor.read(document)
    samples = vector.get("expect") or []
    until = vector.get("until") or max((item["at"] for item in samples), key=span_seconds)
    seen: dict[tuple[float, str], str] = {}

    def observe(at: float, _readings: object, states: Mapping[Group, Any]) -> None:
        for group, state in states.items():
            seen[at, group_text(group)] = seen[at, values_text(group)] = str(state.shown)

    data = Data(
        [samples_of(given) for given in vector.get("series") or ()],
        {"logs": sorted(_events(vector.get("logs") or ()), key=lambda event: event.time)},
        slos={"slo": vector["slo"]} if "slo" in vector else {},
    )
    timeline = run_monitor(monitor, data, (START, clock(until)), observe=observe)
    wrong = [
        item for item in samples if seen.get((clock(item["at"]), item.get("group", "*"))) != item["status"]
    ]
    if wrong or "transitions" not in vector:
        return f"{wrong}" if wrong else ""
    group = vector.get("group", "*")
    found = [
        [entry.change.at, str(entry.change.transition.former), str(entry.change.transition.status)]
        for entry in timeline.entries
        if not entry.change.transition.is_renotify
        and group in (group_text(entry.change.group), values_text(entry.change.group))
    ]
    expected = [[clock(time), former, status] for time, former, status in vector["transitions"]]
    return "" if found == expected else f"{[[at - START, *rest] for at, *rest in found]}"


def _events(given: Any) -> list[ArrivedEvent]:
    return [
        ArrivedEvent(time, _log(item["log"]))
        for item in given
        for time in _times(item)
        for _ in range(item.get("count", 1))
    ]


def _times(item: dict[str, Any]) -> list[float]:
    if "every" not in item:
        return [clock(item["at"])]
    step, start = span_seconds(item["every"]), clock(item.get("from", "0m"))
    end = clock(item.get("to", item.get("until", "0m")))
    return [start + number * step for number in range(int((end - start) // step) + 1)]


def _log(given: dict[str, Any]) -> Log:
    official = {key: given[key] for key in ("source", "service", "host", "status", "message") if key in given}
    attributes = {key: value for key, value in given.items() if key not in (*official, "tags")}
    return Log(attributes=attributes, tags=tuple(given.get("tags") or ()), **official)
